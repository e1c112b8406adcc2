/** Documents that are more expensive than their size suggests, and ordinary ones of the same size. */

/** A document of at most `characters` characters; `mark` makes it unique. */
export type Document = (characters: number, mark: string) => string

function repeated(characters: number, one: (at: number) => string): string {
  const parts: string[] = []
  for (let length = 0, at = 0; length < characters; at += 1) {
    const part = one(at)
    length += part.length + 1
    parts.push(part)
  }
  return parts.join(' ')
}

const fields = ['id', 'title', 'tags', 'pinned', 'color', 'version', 'createdAt', 'updatedAt', 'viewerRole', 'content']

/** A document of a typical app: notes with their fields, as many as the limits allow, padded with comments. */
export function ordinary(...[characters, mark]: Parameters<Document>): string {
  const one = (at: number) => `n${at}: note(id: "Tm90ZTowMU04MFE4VEFIRTJXU0pGRU4wWERLUVZYMw") { ${fields.join(' ')} }`
  const notes = Array.from({ length: Math.max(1, Math.min(20, Math.floor(characters / 150))) }, (_, at) => one(at))
  return `query ${mark} { ${notes.join('\n  ')} } #`.padEnd(characters, ' words')
}

function many(one: (at: number) => string, before = '{ ', after = ' }'): Document {
  return (characters, mark) => `query ${mark} ${before}${repeated(characters - 60, one)}${after}`
}

function inside(inner: (characters: number) => string): Document {
  return (characters, mark) => `query ${mark} { nodes(ids: ${inner(characters - 60)}) { id } }`
}

function nested(open: string, close: string) {
  return (characters: number) => {
    const levels = Math.floor(characters / (open.length + close.length))
    return `${open.repeat(levels)}1${close.repeat(levels)}`
  }
}

/** A fragment that spreads the next one, and something else. */
function spreading(at: number, other: string): string {
  return `fragment F${at} on User { ...F${at + 1} ${other} }`
}

/** Fragments that each spread the next one twice. The operation spreads the first one `times`. */
function doubling(levels: number, mark: string, times = 1): string {
  const fragments = Array.from({ length: levels }, (_, at) => `fragment F${at} on User { ...F${at + 1} ...F${at + 1} }`)
  const spreads = '...F0 '.repeat(times)
  return `query ${mark} { me { ${spreads}} } ${fragments.join(' ')} fragment F${levels} on User { id }`
}

/** Kinds of expensive documents. */
export const documents: Readonly<Record<string, Document>> = {
  'a comment': (characters, mark) => `query ${mark} { __typename } #`.padEnd(characters, '#'),
  'a string': inside((characters) => `"${'a'.repeat(characters)}"`),
  'escapes in a string': inside((characters) => `"${'\\u0041'.repeat(characters / 6)}"`),
  'a block string': inside((characters) => `"""${' \n'.repeat(characters / 2)}"""`),
  'a block string that does not end': inside((characters) => `"""${'\\"""'.repeat(characters / 4)}`),
  'quotes that do not end': inside((characters) => `"a\n`.repeat(characters / 3)),
  'lists in lists': inside(nested('[', ']')),
  'lists that nothing closes': inside((characters) => '['.repeat(characters)),
  'objects in objects': inside(nested('{a:', '}')),
  'nulls in a list': inside((characters) => `[${'null '.repeat(characters / 5)}]`),
  'numbers in a list': inside((characters) => `[${'1 '.repeat(characters / 2)}]`),
  'unknown enums in a list': inside((characters) => `[${'RDE '.repeat(characters / 4)}]`),
  'variables that nothing declares': inside((characters) => `[${repeated(characters, (at) => `$v${at}`)}]`),
  'one field again and again': many(() => 'me { id }'),
  aliases: many((at) => `a${at}: me { id }`),
  'unknown fields': many((at) => `fiend${at}`),
  'unknown fields with long names': many((at) => `${'notes'.repeat(40)}${at}`),
  'unknown arguments': many((at) => `frist${at}: 1`, '{ notes(', ') { nodes { id } } }'),
  'unknown members': many((at) => `tga${at}: 1`, '{ notes(filter: { ', ' }) { nodes { id } } }'),
  'unknown directives': many((at) => `@skpi${at}`, '{ me ', ' { id } }'),
  'unknown types': many((at) => `... on Nota${at} { id }`),
  conditions: many(() => '@include(if: true)', '{ me ', ' { id } }'),
  operations: (characters, mark) => repeated(characters - 20, (at) => `query ${mark}${at} { me { id } }`),
  'nameless operations': (characters) => repeated(characters - 20, () => '{ me { id } }'),
  'fragments that are not used': (characters, mark) =>
    `query ${mark} { me { id } } ${repeated(characters - 40, (at) => `fragment F${at} on User { id }`)}`,
  'fragments of one name': (characters, mark) =>
    `query ${mark} { me { ...F } } ${repeated(characters - 40, () => 'fragment F on User { id }')}`,
  'fragments in a row': (characters, mark) =>
    `query ${mark} { me { ...F0 } } ${repeated(characters - 40, (at) => spreading(at, 'id'))}`,
  'fragments that double': (characters, mark) => doubling(Math.floor((characters - 80) / 48), mark),
  // 10,240 fields: more than are compared, and few enough to see the end of the comparison if they were.
  'fragments that double 11 times': (characters, mark) => `${doubling(11, mark, 5)} #`.padEnd(characters, ' words'),
  'fragments in a circle': (characters, mark) =>
    `query ${mark} { me { ...F0 } } ${repeated(characters - 40, (at) => spreading(at, '...F0'))}`,
  'inline fragments': (characters, mark) => {
    const levels = Math.floor((characters - 40) / 7)
    return `query ${mark} { me { ${'... { '.repeat(levels)}id${'}'.repeat(levels)} } }`
  },
  'variables that nothing uses': many((at) => `$v${at}: Int`, '(', ') { me { id } }'),
  'variables of unknown types': many((at) => `$v${at}: Nit${at}`, '(', ') { me { id } }'),
  'types in brackets': (characters, mark) =>
    `query ${mark}($v: ${'['.repeat(characters / 2 - 30)}Int${']'.repeat(characters / 2 - 30)}) { me { id } }`,
  'fields that can not be merged': many((at) => `a: node(id: "${at}") { id }`),
  'fields that can not be merged, in fragments': (characters, mark) => {
    const spreads = repeated(characters / 2, (at) => `...F${at}`)
    const one = (at: number) => `fragment F${at} on Query { a: node(id: "${at}") { id } }`
    return `query ${mark} { ${spreads} } ${repeated(characters / 2 - 60, one)}`
  },
  'definitions of a schema': (characters) => repeated(characters - 20, (at) => `type T${at} { a: Int }`),
  'closing brackets': (characters) => '}'.repeat(characters),
  'line ends': (characters, mark) => `query ${mark} {${'\r\n'.repeat(characters / 2 - 20)} me { id } }`,
  'characters that are no tokens': (characters) => '\u{1f468}'.repeat(characters / 2),
}
