/** The floor: no GraphQL library. The five answers are hand-written, with the same checks. */

import type { Engine, GraphQLResponse, Handler, Peer } from '../contract/peer.ts'
import { type Context, callerOf } from '../world/callers.ts'
import { operations } from '../world/operations.ts'
import { type Note, noteOf, pageOf, personOf, stats } from '../world/people-and-notes.ts'
import { refusalOf } from '../world/refusal.ts'
import { type Demand, demands } from '../world/rules.ts'

type Path = readonly (string | number)[]

interface Work {
  readonly context: Context
  readonly errors: { message: string; path: Path; extensions: ReturnType<typeof refusalOf> }[]
}

function refuse({ context, errors }: Work, path: Path) {
  errors.push({ message: 'Forbidden', path, extensions: refusalOf(context.principal) })
  return null
}

function may({ context }: Work, demand: Demand, parent: object = {}) {
  return demands[demand](context.principal, parent)
}

const noteFields = ['title', 'content', 'createdAt', 'updatedAt', 'tags', 'internalNotes', 'owner'] as const

function foreign(work: Work, path: Path, note: Note) {
  const answer: Record<string, unknown> = { id: note.id }
  for (const field of noteFields) answer[field] = refuse(work, [...path, field])
  return answer
}

function noteAnswer(work: Work, path: Path, note: Note) {
  if (!may(work, 'mine', note)) return foreign(work, path, note)
  const internal = may(work, 'internal')
  const email = may(work, 'email')
  return {
    id: note.id,
    title: note.title,
    content: note.content,
    createdAt: note.createdAt,
    updatedAt: note.updatedAt,
    tags: note.tags,
    internalNotes: internal ? note.internalNotes : refuse(work, [...path, 'internalNotes']),
    owner: { email: email ? personOf(note.ownerId)?.email : refuse(work, [...path, 'owner', 'email']) },
  }
}

function first(query: string) {
  return Number(/first: (\d+)/.exec(query)?.[1] ?? 20)
}

function id({ context: { principal } }: Work) {
  return principal.kind === 'anonymous' ? '' : principal.id
}

const roots: Readonly<Record<string, (work: Work, query: string, variables: { id?: string }) => unknown>> = {
  async note(work, _query, variables) {
    if (!may(work, 'read')) return { note: refuse(work, ['note']) }
    const note = await noteOf(variables.id ?? '')
    return { note: note ? noteAnswer(work, ['note'], note) : null }
  },
  async notes(work, query) {
    if (!may(work, 'read')) return { notes: refuse(work, ['notes']) }
    const { edges, pageInfo } = await pageOf(id(work), first(query))
    const nodes = edges.map(({ node }, index) => ({ node: noteAnswer(work, ['notes', 'edges', index, 'node'], node) }))
    return { notes: { edges: nodes, pageInfo: { hasNextPage: pageInfo.hasNextPage } } }
  },
  async adminStats(work) {
    return { adminStats: may(work, 'admin') ? stats() : refuse(work, ['adminStats']) }
  },
  async me(work) {
    const person = personOf(id(work))
    const email = may(work, 'email') ? person?.email : refuse(work, ['me', 'email'])
    return { me: { id: person?.id, name: person?.name, email } }
  },
}

function rootOf(query: string) {
  return /{ (\w+)/.exec(query)?.[1] ?? ''
}

const rootByQuery = new Map(Object.values(operations).map(({ query }) => [query, rootOf(query)]))

async function answer(query: string, variables: object, context: Context): Promise<GraphQLResponse> {
  const work: Work = { context, errors: [] }
  const data = await roots[rootByQuery.get(query) ?? '']?.(work, query, variables)
  return work.errors.length > 0 ? { data, errors: work.errors } : { data }
}

function engine(...[name, context]: Parameters<Engine>): ReturnType<Engine> {
  const operation = operations[name]
  return operation && answer(operation.query, operation.variables, context)
}

async function handler(event: Parameters<Handler>[0]): ReturnType<Handler> {
  const { query, variables } = JSON.parse(event.body ?? '{}') as { query: string; variables: object }
  const body = await answer(query, variables, { principal: callerOf(event.headers.authorization) })
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

export const peer: Peer = { engine: async () => engine, handler: async () => handler }
