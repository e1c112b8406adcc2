/** Names that can be compared, stored and logged without surprise. */
const plain = /^[!"$-~]{1,128}$/

/** 1 to 128 printable ASCII characters, without spaces and `#`. */
export function isPlain(value: unknown): value is string {
  return typeof value === 'string' && plain.test(value)
}
