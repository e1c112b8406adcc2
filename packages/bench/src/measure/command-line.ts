/** Reads command lines; a mistake is reported in one line, with the correct usage. */

/** Runs `read` on the command line. Its error and the usage go to standard error, and the process exits with 2. */
export async function fromCommandLine<Parsed>(
  usage: string,
  read: (words: string[]) => Parsed | Promise<Parsed>,
): Promise<Parsed> {
  try {
    return await read(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nUsage: ${usage}\n`)
    return process.exit(2)
  }
}

/**
 * Checks that `wanted` is one of `names`.
 * @throws Error that lists all names
 */
export function oneOf<Name extends string>(kind: string, names: readonly Name[], wanted: string): Name {
  const found = names.find((name) => name === wanted)
  if (found === undefined) throw new Error(`There is no ${kind} '${wanted}'. There are: ${names.join(', ')}.`)
  return found
}
