const signature = '4dabf18193072939515e22adb298388d'
const secret = '1b47061264138c4ac30d75fd1eb44270'

/** Removes the wrapper that Pulumi puts around secrets. */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped)
  if (typeof value !== 'object' || value === null) return value
  const members = value as Readonly<Record<string, unknown>>
  if (members[signature] === secret) return unwrapped(members.value)
  return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, unwrapped(member)]))
}
