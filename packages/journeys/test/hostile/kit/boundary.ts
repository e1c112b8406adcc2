/** A limit of a request, with a request that is as large as allowed, and one that is larger by one. */
import type { DecodedResponse } from './decoded-response.ts'
import type { HostileRequest, Sender } from './measured-endpoint.ts'

/** Ids of notes of alice: with 100,000 letters, with 100,000 NUL characters, and without contents. */
export interface NoteIds {
  readonly escaped: string
  readonly long: string
  readonly short: string
}

/** A limit and the requests on both sides of it. */
export interface Boundary {
  readonly max: number
  /** The number of the larger request: `max + 1`, or more where requests come in steps. */
  readonly beyond?: number
  /** A request with this number of whatever is limited. */
  readonly sent: (count: number, noteIds: NoteIds) => HostileRequest
  /** Names the limit in an answer that refuses; undefined in any other answer. */
  readonly refusedBy: (answer: DecodedResponse) => unknown
  /** The name in the answer to the larger request. */
  readonly name: unknown
}

/** Texts of `one`, with spaces between them. */
export function many(count: number, one: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => one(at)).join(' ')
}

/** The request of an operation. */
export function post(caller: Sender, query: string, variables: object = {}): HostileRequest {
  return { caller, body: JSON.stringify({ query, variables }) }
}

/** The limit that a LIMIT_EXCEEDED names. */
export function limitOf({ errors }: DecodedResponse): unknown {
  return errors.find(({ extensions }) => extensions.code === 'LIMIT_EXCEEDED')?.extensions.limit
}
