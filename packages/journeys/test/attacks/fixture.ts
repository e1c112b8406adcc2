/** Fixture of the attacks: a furnished world, and texts that no response may contain. */
import type { Event } from '@fieldnotes/api/route'
import { type Endpoint, startEndpoint } from '../decisions/kit/endpoint.ts'
import { differences } from '../decisions/kit/expect.ts'
import type { LoggedResponse } from '../decisions/kit/gateway-exchange.ts'
import { createWorld, type Furniture, furnish, noteAt, type World } from '../decisions/kit/world.ts'

export interface Fixture {
  readonly world: World
  readonly endpoint: Endpoint
  readonly furniture: Furniture
  readonly token: (who: string) => string | undefined
  /** Words of notes and people that only alice may read. */
  readonly secrets: readonly string[]
}

export async function startFixture(): Promise<Fixture> {
  const endpoint = await startEndpoint()
  const world = await createWorld(endpoint)
  const furniture = await furnish(world)
  const stored = await world.stored()
  const alice = stored.people.find(({ key }) => key === world.person('alice').id)
  const notes = [furniture.alone, furniture.trashed].flatMap((id) => noteAt(stored, id) ?? [])
  const words = notes.flatMap(({ title, content, tags }) => [title, content, ...tags])
  const secrets = [...words, alice?.email ?? '', alice?.handle ?? ''].filter((word) => word !== '')
  const token = (who: string) => world.person(who).token
  return { world, endpoint, furniture, token, secrets }
}

export interface OperationBody {
  readonly query?: string
  readonly variables?: object
  readonly operationName?: string
  readonly extensions?: object
}

/** Sends a whole request body, not only a query. */
export function post({ endpoint }: Fixture, token: string | undefined, body: OperationBody): Promise<LoggedResponse> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return endpoint.send({
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
  })
}

/** Error codes of a response, in order. */
export function codesOf({ body }: LoggedResponse): readonly string[] {
  return (body?.errors ?? []).map(({ extensions }: { extensions?: { code?: string } }) => extensions?.code ?? 'none')
}

/** Texts that reveal implementation details or the schema. */
export const internals = /\bat .+:\d+:\d+|node_modules|\/src\/|stacktrace|"exception"|Did you mean|INTERNAL/i

/** Runs `act`, and returns its result with the changes of the stored items. */
export async function stored<T>({ endpoint }: Fixture, act: () => Promise<T>) {
  const keyed = async () => Object.fromEntries((await endpoint.items()).map((item) => [`${item.pk} ${item.sk}`, item]))
  const before = await keyed()
  const answer = await act()
  return { answer, written: differences(before, await keyed(), 'stored ') }
}

/** The request context of API Gateway for a method. */
export function contextOf(method: string): Event['requestContext'] {
  return {
    http: { method, path: '/graphql', protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
    requestId: method,
    stage: '$default',
  } as Event['requestContext']
}
