/** Makes what one operation may use, from who calls. */
import { randomBytes } from 'node:crypto'
import type { Principal } from '@fieldnotes/core/principal'
import type { Policy } from '@fieldnotes/policy/policy'
import type { Config } from '../config/config.ts'
import type { Caller } from '../people/person.ts'
import type { Context } from '../resolvers/context.ts'
import { requestMs } from '../store/deadline.ts'
import { createTable } from '../store/table.ts'
import { type SessionDeps, sessionOf } from './session.ts'

/** The store knows people by their id, and never sees a principal. */
function callerOf(principal: Principal): Caller | undefined {
  if (principal.kind === 'anonymous') return undefined
  const { id, clientId } = principal
  const { name, email } = principal.kind === 'user' ? principal : { name: undefined, email: undefined }
  return { id, name, email, clientId }
}

/** One table and one set of secrets for the life of the process; one session, with its own time, for each operation. */
export function createContexts(
  config: Config,
  judge: Policy['judge'],
): (principal: Principal, requestId: string) => Context {
  const opened = createTable(config.table)
  const clock = Date.now
  return (principal, requestId) => {
    const table = opened.until({ at: clock() + requestMs, clock })
    const deps: SessionDeps = { table, clock, random: randomBytes, cursorSecrets: config.cursorSecrets }
    return { ...sessionOf(deps, callerOf(principal)), principal, requestId, judge }
  }
}
