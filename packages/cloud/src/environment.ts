const needed = ['PATH', 'HOME', 'TMPDIR', 'LANG']

/**
 * What a program needs to run at all, out of our own variables. What an operator's shell has exported besides (settings,
 * secrets, credentials, a proxy) is not what a test asks about.
 */
export function bareEnvironment(): Readonly<Record<string, string>> {
  return chosen((name) => needed.includes(name))
}

/** Settings of a deployment that were exported: for whoever looks at a stage of their own, never for a test. */
export function exportedSettings(): Readonly<Record<string, string>> {
  return chosen((name) => name.startsWith('FIELDNOTES_'))
}

function chosen(isWanted: (name: string) => boolean): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && isWanted(name) ? [[name, value]] : [],
    ),
  )
}
