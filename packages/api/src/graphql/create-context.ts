/** Creates the context of each operation: the notes, people and sign-ins of its caller. */
import { randomBytes } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'
import type { Policy } from '@fieldnotes/policy/policy'
import { requestMs } from '@fieldnotes/table/deadline'
import { createTable, type Table } from '@fieldnotes/table/table'
import { monotonicFactory } from 'ulid'
import type { Config } from '../config/config.ts'
import { createExchangeFor } from '../downstream/exchange-for.ts'
import { createCursors } from '../notes/cursors.ts'
import { notesOf } from '../notes/note-operations.ts'
import { peopleOf } from '../people/people-operations.ts'
import type { Caller } from '../people/person.ts'
import type { CallerData, Context } from '../resolvers/context.ts'
import { rules } from '../rules.ts'
import { createSignInsFor, type SignInsOptions } from './create-sign-ins.ts'
import { refusing } from './refusing.ts'

/** Makes the context of a request. `authorization` is its header, from which tokens of other services are exchanged. */
export type CreateContext = (principal: Principal, request: ContextRequest) => Context

/** What the context needs of a request. */
export interface ContextRequest {
  readonly requestId: string
  readonly authorization?: string | undefined
  /** Takes the cost of the operation from the limit of the caller. */
  readonly spend: Context['spend']
}

/** Opens the tables once. Each context has its own deadline for all calls of the notes. */
export function createContextFactory(config: Config, judge: Policy['judge'], options: SignInsOptions): CreateContext {
  const opened = createTable(config.table)
  const signInsFor = createSignInsFor(config, options)
  const clock = Date.now
  const exchanges = { downstream: config.downstream, log: options.log, clock }
  return (principal, { requestId, authorization, spend }) => {
    const table = opened.until({ at: clock() + requestMs, clock })
    const dependencies = { table, clock, random: randomBytes, cursorSecrets: config.cursorSecrets }
    const data = callerDataOf(dependencies, callerOf(principal, judge))
    const exchangeFor = createExchangeFor(exchanges, { principal, authorization })
    return { ...data, signIns: signInsFor(principal), exchangeFor, principal, requestId, spend, judge }
  }
}

/** The members of a principal that the store needs. */
function callerOf(principal: Principal, judge: Policy['judge']): Caller | undefined {
  if (principal.kind === 'anonymous') return undefined
  const { id, clientId, thirdParty } = principal
  const { name, email } = principal.kind === 'user' ? principal : { name: undefined, email: undefined }
  return { id, name, email, clientId, thirdParty, readsNotes: () => judge(rules.Query.note, { principal }, undefined) }
}

export interface DataDependencies {
  readonly table: Table
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Returns this many unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array
  /** Newest first. */
  readonly cursorSecrets: readonly string[]
}

/**
 * Notes and people of one caller. Reads nothing until an operation is called; without a caller every operation throws
 * UNAUTHENTICATED.
 */
export function callerDataOf(dependencies: DataDependencies, caller: Caller | undefined): CallerData {
  if (!caller) return { notes: withoutCaller(), people: withoutCaller() }
  const { table, clock, random, cursorSecrets } = dependencies
  const people = peopleOf({ table, caller, clock, random })
  const newId = monotonicFactory(() => (random(1)[0] ?? 0) / 256)
  const cursors = createCursors(cursorSecrets)
  const { id: personId, clientId, readsNotes } = caller
  const scope = { table, clock, cursors, newId, personId, clientId, readsNotes }
  return { people, notes: notesOf(scope, people.findByHandle) }
}

function withoutCaller<T extends object>(): T {
  return refusing(() => new AppError('UNAUTHENTICATED', 'no caller'))
}
