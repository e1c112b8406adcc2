const needed = ['PATH', 'HOME', 'TMPDIR', 'LANG']

/**
 * The variables of our own environment that a program needs to run. Everything else that a shell may export (settings,
 * secrets, credentials, a proxy) is left out, so that it can't change a test.
 */
export function bareEnvironment(): Readonly<Record<string, string>> {
  return chosen((name) => needed.includes(name))
}

/** Exported settings of a deployment, for commands that show a stage. Tests do not use them. */
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
