/** Sends the request of a counterexample as its caller, to a note with its facts. */
import type { IssuerName } from '@fieldnotes/local/local-issuers'
import type { Counterexample } from '@fieldnotes/policy/prove'
import { type CallerKind, type Right, tokenOf } from '../decisions/kit/callers.ts'
import type { Endpoint } from '../decisions/kit/endpoint.ts'
import { mutation } from '../decisions/kit/world.ts'

type Role = 'OWNER' | 'EDITOR' | 'VIEWER'

interface Persona {
  /** The caller, with exactly the facts of the counterexample. */
  readonly caller: CallerKind
  /** The same person with all scopes, for what comes before the request. */
  readonly full: CallerKind
}

const allRights: readonly Right[] = ['read', 'write', 'share', 'trash']

function kindOf(who: string, issuer: IssuerName, members: Partial<CallerKind>): CallerKind {
  const client = { cognito: 'localclient0001', firebase: null, fieldnotes: 'terminal' }[issuer]
  const usual = { kind: 'person', staff: false, thirdParty: false, groups: [], rights: allRights } as const
  return { name: who, who, issuer, client, ...usual, ...members }
}

const owner = kindOf('alice', 'cognito', {})

/** The token's issuer follows from the groups, whose names begin with it, and from the client. */
function personaOf({ principal }: Counterexample): Persona {
  if (principal.kind === 'anonymous') throw new Error('no statement of this test is about the anonymous caller')
  const [group = ''] = principal.groups
  const issuer: IssuerName = principal.thirdParty
    ? 'fieldnotes'
    : group.startsWith('firebase:')
      ? 'firebase'
      : 'cognito'
  const rights = [...principal.scopes].map((scope) => scope.replace('notes:', '') as Right)
  const groups = [...principal.groups].map((name) => name.split(':')[1] ?? '')
  const isService = principal.kind === 'service'
  const who = isService ? 'prover-service' : 'prover'
  const machine = isService ? ({ kind: 'service' } as const) : {}
  const foreign = principal.thirdParty ? { client: 'assistant' } : {}
  return {
    caller: kindOf(who, issuer, { rights, groups, ...machine, ...foreign }),
    full: kindOf(who, issuer, machine),
  }
}

interface Situation {
  readonly role: Role
  readonly trashed: boolean
}

/** What a mutation needs to succeed, once its rule allows it. */
const situations: Readonly<Record<string, Partial<Situation>>> = {
  'Mutation.restoreNote': { trashed: true },
  'Mutation.leaveNote': { role: 'VIEWER' },
}

function situationOf({ facts, coordinate }: Counterexample): Situation {
  const role = facts.includes('shared as editor') ? 'EDITOR' : facts.includes('shared as viewer') ? 'VIEWER' : 'OWNER'
  return { role, trashed: facts.includes('in the trash'), ...situations[coordinate] }
}

async function data(endpoint: Endpoint, kind: CallerKind, query: string, variables: object = {}) {
  const { body, text } = await endpoint.ask(await tokenOf(endpoint, kind), query, variables)
  if (body.errors) throw new Error(`${kind.who} could not prepare: ${text}`)
  return body.data
}

async function handleOf(endpoint: Endpoint, kind: CallerKind): Promise<string> {
  return (await data(endpoint, kind, '{ me { handle } }')).me.handle
}

/** Stores a note in this situation, and returns its id. */
async function prepare(endpoint: Endpoint, full: CallerKind, { role, trashed }: Situation): Promise<string> {
  const author = role === 'OWNER' ? full : owner
  const input = { title: 'a title', content: 'a content', tags: ['tag'], color: 'BLUE' }
  const { createNote } = await data(endpoint, author, mutation('createNote'), { input })
  const { id } = createNote.note
  if (role !== 'OWNER')
    await data(endpoint, author, mutation('shareNote'), { input: { id, role, handle: await handleOf(endpoint, full) } })
  if (trashed) await data(endpoint, author, mutation('trashNote'), { input: { id } })
  return id
}

/** Replaces `<id>` and `<handle>` at any depth. */
function filled(variables: unknown, words: Readonly<Record<string, string>>): unknown {
  return JSON.parse(JSON.stringify(variables), (_key, value) => words[value] ?? value)
}

/** The value of the last field of a response that is nested without lists, and the code of the first error. */
export interface Shown {
  readonly value: unknown
  readonly code: string | undefined
}

function lastOf(value: unknown, depth: number): unknown {
  if (depth === 0 || typeof value !== 'object' || value === null) return value
  return lastOf(Object.values(value)[0], depth - 1)
}

/** A caller of an example without the instant of a sign-in has an old one. */
function signedInAgo({ principal }: Counterexample): number {
  return principal.kind !== 'user' || principal.authenticatedAt !== undefined ? 0 : 3600
}

/**
 * Sends the request of a counterexample. What it needs is stored first, by the same person with all scopes.
 * @throws Error for a counterexample without a request
 */
export async function send(endpoint: Endpoint, counterexample: Counterexample): Promise<() => Promise<Shown>> {
  const { request, coordinate } = counterexample
  if (!request) throw new Error('no request reaches it')
  const { caller, full } = personaOf(counterexample)
  const id = await prepare(endpoint, full, situationOf(counterexample))
  // A person is known to others once they have used their handle.
  const words = { '<id>': id, '<handle>': await handleOf(endpoint, kindOf('bob', 'cognito', {})), '<title>': 'new' }
  const variables = filled(request.variables, words) as object
  const depth = request.query.split(coordinate.split('.')[1] ?? '')[0]?.split('{').length ?? 1
  return async () => {
    const token = await tokenOf(endpoint, caller, signedInAgo(counterexample))
    const { body } = await endpoint.ask(token, request.query, variables)
    return { value: lastOf(body.data, depth - 1), code: body.errors?.[0]?.extensions.code }
  }
}
