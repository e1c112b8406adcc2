/** Command lines: mistakes in them are told with what would be right, and without a stack. */

/** What `read` makes of the command line; its error and the usage go to standard error and end the process with 2. */
export async function fromCommandLine<Asked>(
  usage: string,
  read: (words: string[]) => Asked | Promise<Asked>,
): Promise<Asked> {
  try {
    return await read(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nUsage: ${usage}\n`)
    return process.exit(2)
  }
}

/**
 * The one of `names` that is wanted.
 * @throws Error naming them all when it is none of them.
 */
export function oneOf<Name extends string>(kind: string, names: readonly Name[], wanted: string): Name {
  const found = names.find((name) => name === wanted)
  if (found === undefined) throw new Error(`There is no ${kind} '${wanted}'. There are: ${names.join(', ')}.`)
  return found
}
