/**
 * The first journey, step by step: two people at Cognito, one at Firebase, and an anonymous caller. The requests are
 * the same for every target: the laptop, or the bundle in Lambda's runtime.
 */
import type { GraphQLRequest, GraphQLResponse } from './graphql-client.ts'

/** Owner of a token. Without `scope`, the issuer's default scopes apply. */
export interface TokenRequest {
  readonly issuer: 'cognito' | 'firebase'
  readonly as: string
  readonly scope?: string
  readonly group?: string
}

/** A target: a running endpoint, with a source of tokens for it. */
export interface Target {
  readonly token: (caller: TokenRequest) => Promise<string>
  readonly ask: (question: GraphQLRequest) => Promise<GraphQLResponse>
}

const alice = { issuer: 'cognito', as: 'alice' } as const

const callers = {
  alice,
  bob: { issuer: 'cognito', as: 'bob' },
  carol: { issuer: 'firebase', as: 'carol' },
  dave: { issuer: 'cognito', as: 'dave' },
  otherDave: { issuer: 'firebase', as: 'dave' },
  reader: { ...alice, scope: 'notes:read' },
  auditor: { ...alice, scope: 'notes:read notes:audit', group: 'staff' },
} as const satisfies Record<string, TokenRequest>

/** Values that only responses contain, and that differ between targets. */
export interface LearnedValues {
  readonly note: string
  /** A well-formed id of a note that never existed. */
  readonly never: string
  readonly handle: string
  readonly dave: string
  readonly otherDave: string
}

/** The forger has alice's token with one more letter. */
type StepCaller = keyof typeof callers | 'anonymous' | 'forger'
type Step = readonly [by: StepCaller, query: string, variables?: (known: LearnedValues) => object]

const create = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { note { id title version } } }'
const update = 'mutation ($input: UpdateNoteInput!) { updateNote(input: $input) { note { title version } } }'
const trash = 'mutation ($input: TrashNoteInput!) { trashNote(input: $input) { note { id } } }'
const erase = 'mutation ($input: DeleteNoteInput!) { deleteNote(input: $input) { deletedNoteId } }'
const share = 'mutation ($input: ShareNoteInput!) { shareNote(input: $input) { note { id } } }'
const read = 'query ($id: ID!) { note(id: $id) { id title content } }'
const fields =
  'query ($id: ID!) { note(id: $id) { title sizeBytes lastEditedWith shares { role } owner { name email } } }'
const list = '{ notes { nodes { id title } pageInfo { hasNextPage } } }'
const who = '{ me { id name } }'

function titled(title: string) {
  return () => ({ input: { title, content: 'Milk' } })
}
function theNote({ note: id }: LearnedValues) {
  return { id }
}
function noNote({ never: id }: LearnedValues) {
  return { id }
}
function onNote(change: object = {}) {
  return ({ note: id }: LearnedValues) => ({ input: { id, ...change } })
}

const steps = {
  aliceWrites: ['alice', create, titled('Groceries')],
  aliceReads: ['alice', read, theNote],
  bobReads: ['bob', read, theNote],
  carolReads: ['carol', read, theNote],
  bobReadsAbsent: ['bob', read, noNote],
  aliceReadsAbsent: ['alice', read, noNote],
  anonymousReads: ['anonymous', read, theNote],
  anonymousReadsAbsent: ['anonymous', read, () => ({ id: 'never' })],
  forgerReads: ['forger', read, theNote],
  aliceLists: ['alice', list],
  bobLists: ['bob', list],
  carolLists: ['carol', list],
  bobUpdates: ['bob', update, onNote({ title: 'mine now' })],
  afterBobUpdates: ['alice', read, theNote],
  bobTrashes: ['bob', trash, onNote()],
  afterBobTrashes: ['alice', read, theNote],
  bobDeletes: ['bob', erase, onNote()],
  afterBobDeletes: ['alice', read, theNote],
  fieldsForAlice: ['alice', fields, theNote],
  fieldsForAuditor: ['auditor', fields, theNote],
  bobReadsHandle: ['bob', '{ me { handle } }'],
  aliceShares: ['alice', share, ({ note: id, handle }) => ({ input: { id, handle, role: 'VIEWER' } })],
  fieldsForBob: ['bob', fields, theNote],
  readerWrites: ['reader', create, titled('not written')],
  afterReaderWrites: ['alice', list],
  anonymousWrites: ['anonymous', create, titled('x')],
  daveReadsId: ['dave', who],
  otherDaveReadsId: ['otherDave', who],
  aliceSelectsUnknownField: ['alice', '{ nothing }'],
  aliceUpdates: ['alice', update, onNote({ version: 2, title: 'Food' })],
  aliceUpdatesTheOldOne: ['alice', update, onNote({ version: 2, title: 'Drinks' })],
  aliceTrashes: ['alice', trash, onNote()],
  aliceDeletes: ['alice', erase, onNote()],
  afterAliceDeletes: ['alice', read, theNote],
} as const satisfies Record<string, Step>

/** Name of a step. */
export type StepName = keyof typeof steps

/** Values that a step's response provides to later steps. */
const learned: Readonly<Partial<Record<StepName, (data: GraphQLResponse['data']) => Partial<LearnedValues>>>> = {
  aliceWrites: (data) => ({ note: data.createNote.note.id, never: neverWas(data.createNote.note.id) }),
  bobReadsHandle: (data) => ({ handle: data.me.handle }),
  daveReadsId: (data) => ({ dave: data.me.id }),
  otherDaveReadsId: (data) => ({ otherDave: data.me.id }),
}

function neverWas(id: string): string {
  return Buffer.from(Buffer.from(id, 'base64url').toString().replace(/.{4}$/, 'ZZZZ')).toString('base64url')
}

/** All responses of one run. */
export interface Journey {
  readonly answers: Readonly<Record<StepName, GraphQLResponse>>
  readonly known: LearnedValues
  /** Every token that was used. */
  readonly tokens: readonly string[]
}

/** Runs all steps against one target. The caller checks the responses. */
export async function firstNotes({ token, ask }: Target): Promise<Journey> {
  const issued = Object.entries(callers).map(async ([name, caller]) => [name, await token(caller)] as const)
  const own: Readonly<Record<string, string>> = Object.fromEntries(await Promise.all(issued))
  const tokens: Readonly<Record<string, string>> = { ...own, forger: `${own.alice}x` }
  const answers = new Map<string, GraphQLResponse>()
  let known = { note: '', never: '', handle: '', dave: '', otherDave: '' }
  for (const [name, [by, query, variables]] of Object.entries<Step>(steps)) {
    const answer = await ask({ query, token: tokens[by], ...(variables && { variables: variables(known) }) })
    known = { ...known, ...learned[name as StepName]?.(answer.data) }
    answers.set(name, answer)
  }
  return { answers: Object.fromEntries(answers) as Journey['answers'], known, tokens: Object.values(own) }
}
