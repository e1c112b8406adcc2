/** Limits of the document of an operation, and of its cost. */
import { type Boundary, limitOf, many, post } from './boundary.ts'

function document(name: string, max: number, query: (count: number) => string): Boundary {
  return { max, sent: (count) => post('anonymous', query(count)), refusedBy: limitOf, name }
}

/** Fields of which none is in the schema: documents are measured first. */
function fields(count: number, prefix = 'f'): string {
  return many(count, (at) => prefix + at)
}

/** `count` fields in selection sets of at most 91. */
function manyFields(count: number): string {
  const sets = Math.ceil(count / 91)
  return many(sets, (set) => `s${set} { ${fields(Math.min(90, count - 91 * set - 1), `s${set}f`)} }`)
}

/** Limits of documents. */
export const documentBoundaries = {
  'limitsDefault.characters': document('characters', 50_000, (count) => '{ __typename } #'.padEnd(count, 'a')),
  'limitsDefault.lines': document('lines', 1000, (count) => `{ __typename ${'\n'.repeat(count - 1)} }`),
  'limitsDefault.nesting': document('nesting', 100, (count) => `{ nodes(ids: ${'['.repeat(count - 2)}`),
  'limitsDefault.tokens': document('tokens', 2000, (count) => `{ nodes(ids: [${'1 '.repeat(count - 12)}]) { id } }`),
  'limitsDefault.depth': document('depth', 15, (count) => `${'{ a '.repeat(count)}${'}'.repeat(count)}`),
  'limitsDefault.breadth': document('breadth', 100, (count) => `{ me { ${fields(count)} } }`),
  'limitsDefault.fields': document('fields', 500, (count) => `{ ${manyFields(count)} }`),
  'limitsDefault.aliases': document('aliases', 30, (count) => `{ me { ${many(count, (at) => `a${at}: id`)} } }`),
  'limitsDefault.duplicates': document('duplicates', 20, (count) => `{ me { ${many(count, () => 'id')} } }`),
  'limitsDefault.rootFields': document('rootFields', 20, (count) => `{ ${fields(count)} }`),
  'limitsDefault.mutations': document('mutations', 10, (count) => `mutation { ${fields(count)} }`),
  'limitsDefault.directives': document(
    'directives',
    20,
    (count) => `{ __typename ${many(count, () => '@include(if: true)')} }`,
  ),
  'limitsDefault.name': document('name', 128, (count) => `{ ${'a'.repeat(count)}: __typename }`),
  costMax: {
    max: 25_000,
    // 18 lists of 1,202 values, one of 1,902, and one of 2 and 20 for each item.
    sent: (count) => {
      const list = (at: number, size: number, inner: number) =>
        `a${at}: notes(first: ${size}) { nodes { ${many(inner, () => 'id')} } }`
      const full = many(18, (at) => list(at, 100, 12))
      return post('anonymous', `{ ${full} ${list(18, 100, 19)} ${list(19, Math.floor((count - 23_540) / 20), 20)} }`)
    },
    beyond: 25_020,
    refusedBy: limitOf,
    name: 'cost',
  },
} satisfies Readonly<Record<string, Boundary>>
