/** The cold figures. */

import type { Watch } from '../measure/machine.ts'
import { eventOf } from '../world/event.ts'
import { timed } from '../world/operations.ts'
import { createDatabaseWorld } from './database-world.ts'
import { deployedEntry, endpointEntries, peerEntries } from './entries.ts'
import { type ColdPlan, type ColdRow, measureCold } from './measure-cold.ts'

export interface ColdFigures {
  /** First answer without a database. */
  readonly peers: readonly ColdRow[]
  /** First answer that verifies a token, fetching its key, and reads a note from DynamoDB. */
  readonly endpoint: readonly ColdRow[]
}

/** `only` names the peers to start. */
type Plan = ColdPlan & { readonly only: readonly string[] }

/**
 * Starts the peers, then the endpoint with its database. Before each of the two it measures the machine's other load;
 * during a group it can't
 * be distinguished from the load of the started processes.
 * @throws Error when a bundle's answer differs
 */
export async function measureAllCold(plan: Plan, watch: Watch): Promise<ColdFigures> {
  const named = peerEntries.filter(({ name }) => plan.only.includes(name))
  const entries = plan.only.includes('ours') ? [...named, deployedEntry] : named
  await watch.rest('before the cold starts of the peers')
  const { event, environment, stop } = await createDatabaseWorld()
  try {
    const peers = await measureCold(plan, { entries, event: eventOf(timed.single, 'Bearer full'), environment })
    await watch.rest('before the cold starts of the endpoint')
    return { peers, endpoint: await measureCold(plan, { entries: endpointEntries, event, environment }) }
  } finally {
    await stop()
  }
}
