/** A world with notes, for reads. */
import { type Endpoint, startEndpoint } from './endpoint.ts'
import type { ReadWorld } from './read-cases.ts'
import { type Caller, createWorld, furnish, type World } from './world.ts'

/** Each reader has a cursor from before the first note. */
async function startOf({ endpoint }: World, { token }: Caller): Promise<string | undefined> {
  return (await endpoint.ask(token, '{ changes { cursor } }')).body.data.changes?.cursor
}

/** Creates a scene on a running endpoint. */
async function createReadWorld(endpoint: Endpoint): Promise<ReadWorld> {
  const world = await createWorld(endpoint)
  const since = new Map<string, string>()
  for (const caller of world.callers.filter(({ rights, who }) => rights.includes('read') && !since.has(who)))
    since.set(caller.who, (await startOf(world, caller)) ?? '')
  const furniture = await furnish(world)
  return { world, furniture, since, stored: await world.stored() }
}

/** Starts a scene with its own endpoint. */
export async function startReadWorld(): Promise<ReadWorld> {
  return createReadWorld(await startEndpoint())
}
