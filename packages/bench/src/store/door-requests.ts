/**
 * What each door adds to a request of a client: it reads the revocations, at most once in five seconds, and for a
 * caller whose groups matter the policies of groups, at most once in twenty. It looks an opaque token up, at most once
 * in five seconds, and writes to the bucket of its app. With an API key it also reads the application, and writes to
 * its bucket. The endpoint writes each DPoP proof.
 */
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { type SessionWorld, startSessionWorld } from '../session/session-world.ts'
import { startCountingProxy } from '../world/counting-proxy.ts'
import { createDoorWorld, type DoorWorld, statusOf } from './door-world.ts'

/** One kind of request at one door: its answer, and the requests to DynamoDB that it makes. */
interface Measured {
  readonly answer: string
  readonly reads: number
  readonly writes: number
}

/** A row of the table. */
export interface DoorCost extends Measured {
  readonly name: string
  /** What it has to be. */
  readonly expected: Measured
}

/** Only limits and DPoP proofs write. */
type Row = readonly [name: string, reads: number, answer: string, act: () => Promise<string>, writes?: number]

/** Each door is new for the first of its requests, and gets the others at once. */
function rowsOf({ authorizer, endpoint, byToken, bound, signed, byKey }: DoorWorld): readonly Row[] {
  const [authorize, graphql, iam, one, other] = [authorizer(), endpoint(), endpoint(), endpoint(), endpoint()]
  const overLimit = '429 LIMIT_EXCEEDED'
  return [
    ['authorizer, without a token', 0, 'anonymous', () => authorize(byToken.none)],
    ['authorizer, bad token', 0, 'refused', () => authorize(byToken.bad)],
    ['authorizer, first token', 1, 'ok', () => authorize(byToken.first)],
    ['authorizer, another token', 0, 'ok', () => authorize(byToken.second)],
    ['authorizer, opaque token', 0, 'form', () => authorize(byToken.opaque)],
    ['/graphql, without a token', 0, '200 UNAUTHENTICATED', () => graphql(byToken.none)],
    ['/graphql, bad token', 0, '401 UNAUTHENTICATED', () => graphql(byToken.bad)],
    ['/graphql, first token', 1, '200', () => graphql(byToken.first)],
    ['/graphql, another token', 0, '200', () => graphql(byToken.second)],
    // It also reads whether an application has the app; what writes is the limit of the app, from rest and in use.
    ['/graphql, opaque token', 2, '200', () => graphql(byToken.opaque), 2],
    ['/graphql, the same one, remembered', 0, '200', () => graphql(byToken.opaque), 1],
    ['/graphql, unknown opaque token', 1, '401 UNAUTHENTICATED', () => graphql(byToken.unknown)],
    ['/graphql, the same one, unknown again', 0, '401 UNAUTHENTICATED', () => graphql(byToken.unknown)],
    ['/graphql, first token with 100 groups', 1, '200', () => graphql(byToken.grouped)],
    ['/graphql, the same one', 0, '200', () => graphql(byToken.grouped)],
    ['/graphql, another one with 100 groups', 0, '200', () => graphql(byToken.groupedToo)],
    ['authorizer, with a DPoP proof', 0, 'ok', () => authorize(bound.first)],
    ['/graphql, with a DPoP proof', 0, '200', () => graphql(bound.first), 1],
    ['/graphql, with another one', 0, '200', () => graphql(bound.second), 1],
    ['/graphql, with the same one again', 0, '401 UNAUTHENTICATED', () => graphql(bound.second), 1],
    ['/graphql, with a bad one', 0, '401 UNAUTHENTICATED', () => graphql(bound.bad)],
    ['/iam/graphql, without a signature', 0, '401 UNAUTHENTICATED', () => iam(signed.none)],
    ['/iam/graphql, of another pool', 0, '401 UNAUTHENTICATED', () => iam(signed.otherPool)],
    ['/iam/graphql, first signature', 2, '200', () => iam(signed.person)],
    ['/iam/graphql, another one', 0, '200', () => iam(signed.person)],
    ['/iam/graphql, after /graphql', 0, '200', () => graphql(signed.person)],
    // The first request of an instance also reads revocations and the application, and notes the use of its key.
    ['API key, first request, from rest', 2, '200', () => one(byKey.good), 3],
    ['API key, permitted, in use', 0, '200', () => one(byKey.good), 1],
    ['API key, over its limit', 0, overLimit, () => one(byKey.good), 0],
    ['API key, over it in another instance', 2, overLimit, () => other(byKey.good), 2],
    ['API key, over it again there', 0, overLimit, () => other(byKey.good), 0],
    ['API key, unknown', 1, '401 UNAUTHENTICATED', () => one(byKey.unknown), 0],
    ['API key, unknown, again', 0, '401 UNAUTHENTICATED', () => one(byKey.unknown), 0],
    ['API key, malformed', 0, '401 UNAUTHENTICATED', () => one(byKey.malformed), 0],
  ]
}

/** The entry reads the session at each request. It and the endpoint behind it are two instances of the list. */
function sessionRowsOf({ entry, events }: SessionWorld, access: string): readonly Row[] {
  const send = entry({ access })
  const act = (event: SessionWorld['events'][keyof SessionWorld['events']]) => async () => statusOf(await send(event))
  return [
    ['/session/graphql, without a cookie', 0, '401 UNAUTHENTICATED', act(events.none)],
    ['/session/graphql, first request', 3, '200', act(events.cookie)],
    ['/session/graphql, another one', 1, '200', act(events.cookie)],
  ]
}

/** What is wrong with a row: another answer than the door has to give, or more requests or fewer. */
export function doorFaults({ name, answer, reads, writes, expected }: DoorCost): readonly string[] {
  return [
    ...(answer === expected.answer ? [] : [`${name} should answer ${expected.answer}, and not ${answer}`]),
    ...(reads === expected.reads && writes === expected.writes
      ? []
      : [`${name} should take ${expected.reads} reads and ${expected.writes} writes`]),
  ]
}

function named(name: string) {
  return { name: `bench-doors-${name}`, region: 'eu-west-1' }
}

/** Measures every row on empty tables at this DynamoDB. */
export async function measureDoors(endpoint: string): Promise<readonly DoorCost[]> {
  const [access, rates, table] = [named('access'), named('rates'), named('notes')]
  const { counts, url, close } = await startCountingProxy(endpoint)
  await ensureTable({ ...access, endpoint }, 'access')
  await ensureTable({ ...rates, endpoint }, 'rates')
  await ensureTable({ ...table, endpoint }, 'notes')
  const tables = {
    access: { ...access, endpoint: url },
    rates: { ...rates, endpoint: url },
    notes: { ...table, endpoint },
  }
  const world = await createDoorWorld(tables)
  const sessions = await startSessionWorld(endpoint)
  const costs: DoorCost[] = []
  for (const [name, reads, answer, act, writes = 0] of [...rowsOf(world), ...sessionRowsOf(sessions, url)]) {
    const before = { ...counts }
    const given = await act()
    const spent = { reads: counts.reads - before.reads, writes: counts.writes - before.writes }
    costs.push({ name, answer: given, ...spent, expected: { answer, reads, writes } })
  }
  await sessions.stop()
  close()
  return costs
}
