/** Limits of the values of arguments: notes, tags, names, pages. */
import { type Boundary, post } from './boundary.ts'
import type { DecodedResponse } from './decoded-response.ts'

function argumentOf({ errors }: DecodedResponse): unknown {
  return errors.find(({ extensions }) => extensions.code === 'BAD_USER_INPUT')?.extensions.argument
}

function input(mutation: string, argument: string, max: number, of: (count: number) => object): Boundary {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`
  const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename } }`
  const sent = (count: number) => post('alice', query, { input: of(count) })
  return { max, sent, refusedBy: argumentOf, name: argument }
}

function note(argument: string, max: number, of: (count: number) => object): Boundary {
  return input('createNote', argument, max, (count) => ({ title: 'a', ...of(count) }))
}

function tags(count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, at) => `t${first + at}`)
}

/** Limits of arguments, and the limit of a name. */
export const argumentBoundaries = {
  'limits.titleCharacters': note('input.title', 200, (count) => ({ title: 'a'.repeat(count) })),
  'limits.contentBytes': note('input.content', 100_000, (count) => ({ content: 'a'.repeat(count) })),
  'limits.tags': note('input.tags', 20, (count) => ({ tags: tags(count) })),
  'limits.tagsGiven': note('input.tags', 40, (count) => ({ tags: Array(count).fill('a') })),
  'limits.tagCharacters': note('input.tags.0', 50, (count) => ({ tags: ['a'.repeat(count)] })),
  'limits.notesPerCall': input('createNotes', 'input.notes', 25, (count) => ({
    notes: Array(count).fill({ title: 'a' }),
  })),
  'limits.tagsPerCall': input('createNotes', 'input.notes', 70, (count) => ({
    notes: [0, 20, 40, 60].map((first) => ({ title: 'a', tags: tags(Math.min(20, count - first), first) })),
  })),
  nameCharacters: input('updateProfile', 'input.name', 100, (count) => ({ name: 'a'.repeat(count) })),
  'limits.pageSize': {
    max: 100,
    sent: (count) => post('alice', `{ notes(first: ${count}) { __typename } }`),
    refusedBy: argumentOf,
    name: 'first',
  },
  'limits.pageSize of ids': {
    max: 100,
    sent: (count, { short }) =>
      post('alice', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(count).fill(short) }),
    refusedBy: argumentOf,
    name: 'ids',
  },
} satisfies Readonly<Record<string, Boundary>>
