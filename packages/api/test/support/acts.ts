/** The mutations and queries of the tests. */
import type { Caller, Data, GraphQLResponse } from './world.ts'

/** The fields that every person with access to a note may read. */
export const noteFields = `
  id title content tags pinned color version createdAt updatedAt trashedAt viewerRole owner { id }
`

const selections = {
  createNote: `note { ${noteFields} }`,
  createNotes: `notes { ${noteFields} }`,
  updateNote: `note { ${noteFields} }`,
  trashNote: `note { ${noteFields} }`,
  restoreNote: `note { ${noteFields} }`,
  deleteNote: 'deletedNoteId',
  shareNote: `note { ${noteFields} shares { role sharedAt person { id name } } }`,
  unshareNote: `note { ${noteFields} shares { role person { id } } }`,
  leaveNote: 'leftNoteId',
  updateProfile: 'me { id name handle }',
} as const

export type Mutation = keyof typeof selections

/** Calls a mutation with its input. */
export function act(who: Caller, mutation: Mutation, input: object): Promise<GraphQLResponse> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`
  return who.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selections[mutation]} } }`, { input })
}

/** Calls a mutation that must succeed, and returns its payload. */
export async function done(who: Caller, mutation: Mutation, input: object): Promise<Data> {
  const { data, errors } = await act(who, mutation, input)
  if (errors.length > 0) throw new Error(`${mutation}: ${errors.map(String).join(', ')}`, { cause: errors[0] })
  return data[mutation]
}

/** Creates a note and returns it. */
export async function written(who: Caller, input: object = {}): Promise<Data> {
  return (await done(who, 'createNote', { title: 'A note', ...input })).note
}

/** The note as this caller sees it, or the codes of the refusal. */
export async function seen(who: Caller, id: string): Promise<Data> {
  const { data, codes } = await who.ask(`query ($id: ID!) { note(id: $id) { ${noteFields} } }`, { id })
  return data.note ?? codes
}

export async function handleOf(who: Caller): Promise<string> {
  return (await who.ask('{ me { handle } }')).data.me.handle
}

export async function idOf(who: Caller): Promise<string> {
  return (await who.ask('{ me { id } }')).data.me.id
}

/** Shares a note of `owner` with `other`. */
export async function shared(owner: Caller, id: string, other: Caller, role = 'VIEWER'): Promise<Data> {
  return (await done(owner, 'shareNote', { id, handle: await handleOf(other), role })).note
}

/** Titles of the page of a list. */
export async function titles(who: Caller, list: string): Promise<string[]> {
  const { data, errors } = await who.ask(`{ list: ${list} { nodes { title } } }`)
  if (errors.length > 0) throw errors[0]
  return data.list.nodes.map(({ title }: { title: string }) => title)
}
