/**
 * Remedies are followed: for each caller and field that is refused with one, the test gets the token or the share that
 * it names and sends the same request again.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CallerKind, callers, type Right, tokenOf } from './kit/callers.ts'
import type { LoggedResponse } from './kit/gateway-exchange.ts'
import { noteMutations } from './kit/note-mutations.ts'
import { spec } from './kit/oracle.ts'
import { startReadWorld } from './kit/read-world.ts'
import { remedyOf } from './kit/remedy-oracle.ts'
import { schema } from './kit/shape.ts'
import { type Caller, handleOf, mutation, type World, writeNote } from './kit/world.ts'
import type { Snapshot } from './kit/write-world.ts'

let world: World
let shared: string
beforeAll(async () => {
  const readWorld = await startReadWorld()
  world = readWorld.world
  shared = readWorld.furniture.shared
})
afterAll(() => world.endpoint.stop())

interface Request {
  readonly document: string
  readonly variables?: object
}

/** A note that the caller owns, in a world in which machines own notes too. */
function ownNote({ who }: Caller): Promise<string> {
  return writeNote(world, who || 'alice', false)
}

const selections: Readonly<Record<string, string>> = {
  note: '(id: $id) { id }',
  node: '(id: $id) { id }',
  nodes: '(ids: [$id]) { id }',
  notes: '(first: 1) { nodes { id } }',
  sharedWithMe: '(first: 1) { nodes { id } }',
  tags: ' { tag }',
  changes: ' { cursor }',
  me: ' { id }',
}

function queryOf(field: string, id: string): Request {
  const selection = selections[field] ?? ''
  return {
    document: `query ${selection.includes('$id') ? '($id: ID!)' : ''} { ${field}${selection} }`,
    variables: { id },
  }
}

const created: Readonly<Record<string, object>> = {
  createNote: { title: 'new' },
  createNotes: { notes: [{ title: 'new' }] },
  updateProfile: { name: 'Another Name' },
  signOut: {},
}

/** The input of a mutation that succeeds for one who may execute it. Leaving needs a note of another person. */
async function mutationOf(field: string, caller: Caller): Promise<Request> {
  const made = created[field]
  const payload = field === 'createNotes' ? 'notes { id }' : undefined
  if (made) return { document: mutation(field, payload), variables: { input: made } }
  const id = field === 'leaveNote' ? await sharedNote(caller) : await ownNote(caller)
  const act = noteMutations.find((each) => each.mutation === field)
  const now = { items: [], stored: await world.stored() } satisfies Snapshot
  return { document: mutation(field), variables: { input: act?.input({ id, caller, world, now }) } }
}

/** A new note of another person, shared with the caller. A machine and the anonymous caller get one by alice's. */
async function sharedNote(caller: Caller): Promise<string> {
  const owner = caller.who === 'alice' ? 'bob' : 'alice'
  const id = await writeNote(world, owner, false)
  if (caller.kind === 'person')
    await world.act(owner, 'shareNote', { id, handle: await handleOf(world, caller.who), role: 'VIEWER' })
  return id
}

/** Selections of the fields of a note that are objects. */
const within: Readonly<Record<string, string>> = {
  owner: ' { id }',
  viewerCan: ' { update }',
  shares: ' { role }',
}

async function requestFor(coordinate: string, caller: Caller): Promise<Request> {
  const [type, field = ''] = coordinate.split('.')
  if (type === 'Mutation') return mutationOf(field, caller)
  const id = await ownNote(caller)
  return type === 'Query'
    ? queryOf(field, id)
    : { document: `query ($id: ID!) { note(id: $id) { ${field}${within[field] ?? ''} } }`, variables: { id } }
}

interface Refusal {
  readonly path: readonly string[]
  readonly extensions: {
    readonly code: string
    readonly remedy?: { readonly kind: string; readonly scopes?: string[][] }
  }
}

function refusalIn({ body }: LoggedResponse, field: string): Refusal | undefined {
  return (body.errors as readonly Refusal[] | undefined)?.find(({ path }) => path.at(-1) === field)
}

/** One token for each set of the remedy. After a sign-in the caller is a person with the usual rights. */
function followersOf(caller: CallerKind, { remedy }: Refusal['extensions']): readonly CallerKind[] {
  if (remedy?.kind === 'SIGN_IN') return [callers[1]]
  const rights = (set: readonly string[]) => set.map((scope) => scope.replace('notes:', '') as Right)
  return (remedy?.scopes ?? []).map((set) => ({ ...caller, rights: [...caller.rights, ...rights(set)] }))
}

/** A note that the caller owns, as far as decisions on it depend on the note. */
const own = { ownerId: 'the caller', shares: {}, trashedAt: null }

/** Fields of notes are read through `Query.note`. */
function canReach(caller: CallerKind, type: string): boolean {
  return type === 'Query' || type === 'Mutation' || (type === 'Note' && caller.rights.includes('read'))
}

/** They need a stored session or app, or the exporter: `revocation/` and `export/` have their callers. */
const elsewhere = ['Mutation.exportMyData', 'Mutation.revokeApp', 'Mutation.revokeSession']

/** Every field that is refused to the caller with a remedy, and the remedy. `reads` and `writes` test the others. */
function cellsOf(caller: CallerKind) {
  const coordinates = Object.entries(spec).flatMap(([type, row]) =>
    Object.keys(row).map((name) => [type, name] as const),
  )
  return coordinates
    .filter(([type]) => canReach(caller, type))
    .map(
      ([type, name]) => [`${type}.${name}`, remedyOf({ ...caller, id: own.ownerId }, `${type}.${name}`, own)] as const,
    )
    .filter(([coordinate, remedy]) => remedy !== undefined && !elsewhere.includes(coordinate))
}

const refused = callers.map((caller, index) => [caller.name, index, cellsOf(caller)] as const)

describe.each(refused.filter(([, , cells]) => cells.length > 0))('%s', (_name, index, cells) => {
  it.each(cells)('succeeds at %s with what its remedy names: %j', async (coordinate, remedy) => {
    const caller = world.callers[index] as Caller
    const [, field = ''] = coordinate.split('.')
    const request = await requestFor(coordinate, caller)
    const refusal = refusalIn(await world.endpoint.ask(caller.token, request.document, request.variables), field)
    expect(refusal?.extensions.remedy).toEqual(remedy)
    if (!refusal) return
    for (const [at, follower] of followersOf(caller, refusal.extensions).entries()) {
      const mayRepeat = at === 0 && caller.kind !== 'anonymous'
      const again = mayRepeat ? request : await requestFor(coordinate, { ...caller, ...follower })
      const response = await world.endpoint.ask(
        await tokenOf(world.endpoint, follower),
        again.document,
        again.variables,
      )
      expect(response.body.errors, `${follower.rights}: ${response.text}`).toBeUndefined()
    }
  })
})

function person(who: string): Caller {
  return world.person(who)
}

describe('SCOPES at a note of another person', () => {
  it.each([
    ['updateNote', { title: 'by a viewer' }, { code: 'FORBIDDEN', remedy: { kind: 'ASK_OWNER' } }],
    ['trashNote', {}, { code: 'FORBIDDEN' }],
    ['deleteNote', {}, { code: 'FORBIDDEN' }],
  ])('of %s opens the act, and the role of a viewer still refuses it', async (name, input, next) => {
    const reader = { ...person('bob'), rights: ['read'] } satisfies CallerKind
    const send = async (rights: readonly Right[]) => {
      const token = await tokenOf(world.endpoint, { ...reader, rights })
      const response = await world.endpoint.ask(token, mutation(name), { input: { ...input, id: shared } })
      return refusalIn(response, name)?.extensions
    }
    const refusal = await send(reader.rights)
    expect(refusal?.remedy?.kind).toBe('SCOPES')
    for (const { rights } of refusal ? followersOf(reader, refusal) : []) expect(await send(rights)).toEqual(next)
  })
})

describe('ASK_OWNER', () => {
  const update = { document: mutation('updateNote'), variables: {} }
  const send = (who: string) =>
    world.endpoint.ask(person(who).token, update.document, { input: { id: shared, title: `by ${who}` } })

  it('is not for a viewer whose token does not read the note', async () => {
    const token = await tokenOf(world.endpoint, { ...person('bob'), rights: ['write'] })
    const response = await world.endpoint.ask(token, update.document, { input: { id: shared, title: 'x' } })
    expect(refusalIn(response, 'updateNote')?.extensions).toEqual({ code: 'FORBIDDEN' })
  })

  it('is for a viewer who updates, and the same update succeeds once the owner has made them an editor', async () => {
    expect(refusalIn(await send('bob'), 'updateNote')?.extensions).toEqual({
      code: 'FORBIDDEN',
      remedy: { kind: 'ASK_OWNER' },
    })
    await world.act('alice', 'shareNote', { id: shared, handle: await handleOf(world, 'bob'), role: 'EDITOR' })
    expect((await send('bob')).body.data.updateNote.note.id).toBe(shared)
  })

  it('is not for a stranger, who gets the answer for a note that never was', async () => {
    const never = shared.replace(/.{4}$/, 'AAAA')
    const answers = await Promise.all(
      [shared, never].map((id) =>
        world.endpoint.ask(person('zoe').token, update.document, { input: { id, title: 'x' } }),
      ),
    )
    expect(answers.map((each) => refusalIn(each, 'updateNote')?.extensions.code)).not.toContain('FORBIDDEN')
    for (const each of answers) expect(each.text).not.toContain('remedy')
  })

  it('is not for what only the owner may do', async () => {
    for (const name of ['trashNote', 'deleteNote']) {
      const response = await world.endpoint.ask(person('bob').token, mutation(name), { input: { id: shared } })
      expect(refusalIn(response, name)?.extensions).toEqual({ code: 'FORBIDDEN' })
    }
  })
})

it('holds for every field that scopes open', () => {
  const coordinates = new Set(refused.flatMap(([, , cells]) => cells.map(([coordinate]) => coordinate)))
  const roots = Object.entries(spec).filter(([type]) => type === 'Query' || type === 'Mutation')
  const all = roots.flatMap(([type, row]) => Object.keys(row).map((field) => `${type}.${field}`))
  const expected = all.filter((coordinate) => !elsewhere.includes(coordinate))
  expect([...coordinates].sort()).toEqual([...expected, 'Note.lastEditedWith'].sort())
})

it('knows every field of the schema', () => {
  const queries = Object.keys(schema.getQueryType()?.getFields() ?? {})
  expect(Object.keys(selections).sort()).toEqual(queries.sort())
})
