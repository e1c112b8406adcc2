/** The variables that a deployment reads. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The value of a variable; null when it is missing or empty.
 * @throws Error with its name when the value does not match
 */
export function matching(name: string, value: string | undefined, pattern: RegExp): string | null {
  if (!value) return null
  if (!pattern.test(value)) throw new Error(`${name} can't be ${value}`)
  return value
}

/**
 * Whether a variable is `on`; `otherwise` when it is missing.
 * @throws Error with its name for anything but `on` and `off`
 */
export function isOn(env: Environment, name: string, otherwise = false): boolean {
  const value = matching(name, env[name], /^(on|off)$/)
  return value === null ? otherwise : value === 'on'
}
