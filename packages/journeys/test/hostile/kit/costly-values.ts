/**
 * Values that are more expensive than their size suggests, as JSON text: some are nested too deep to be built
 * otherwise.
 */

/** JSON text of a value of about `bytes` bytes. */
export type Shape = (bytes: number) => string

function times(unit: string, bytes: number): string {
  return unit.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(unit))))
}

function text(unit: string, start = ''): Shape {
  return (bytes) => `"${start}${times(unit, bytes)}"`
}

function list(item: string): Shape {
  return (bytes) => `[${times(`${item},`, bytes - item.length)}${item}]`
}

function deep(open: string, close: string, inner: string): Shape {
  return (bytes) => {
    const levels = Math.max(1, Math.floor(bytes / (open.length + close.length)))
    return `${open.repeat(levels)}${inner}${close.repeat(levels)}`
  }
}

/** An object whose members all have different, unknown names. */
function members(bytes: number): string {
  const names = Array.from({ length: Math.max(1, Math.floor(bytes / 12)) }, (_, at) => `"k${at.toString(36)}":1`)
  return `{${names.join(',')}}`
}

/** Kinds of expensive values. */
export const shapes: Readonly<Record<string, Shape>> = {
  'a long word': text('a'),
  'blanks around a word': (bytes) => `"${times(' ', bytes / 2)}a${times(' ', bytes / 2)}"`,
  'combining marks': text('\u0316\u0301', 'a'),
  'combining marks in the wrong order': text('\u0345\u0301\u0316', 'a'),
  'letters to be composed': text('\u1100\u1161\u11a8'),
  'lone surrogates': text('\\ud800'),
  'emoji joined into one': text('\u{1f468}\u200d'),
  'invisible characters': text('\u200b'),
  'bidi overrides': text('\u202e'),
  'NUL characters': text('\\u0000'),
  'quotes and line ends': text('\\"\\n'),
  digits: text('7'),
  'what may be base64': text('Tm90ZTow'),
  'what may be a date': text('2026-01-01T00:00:00Z'),
  'a number of many digits': (bytes) => times('9', bytes),
  'nulls in a list': list('null'),
  'words in a list': list('"a"'),
  'the same tag in other forms': list('"e\u0301"'),
  'numbers in a list': list('1'),
  'empty objects in a list': list('{}'),
  'objects with unknown members in a list': list('{"a":1,"b":{"c":[1]}}'),
  'new notes in a list': list('{"title":"a"}'),
  'new notes with bad tags in a list': list('{"title":"","tags":["","\\u0000"],"color":"X"}'),
  'lists in lists': deep('[', ']', '1'),
  'objects in objects': deep('{"a":', '}', '1'),
  'unknown members': members,
  'members of the prototype': (bytes) => `{${times('"__proto__":{"a":1},', bytes)}"constructor":1}`,
}
