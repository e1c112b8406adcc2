/** Everything that is started cold. */
import { eventOf } from '../event.ts'
import { timed } from '../operations.ts'
import { createDatabaseWorld } from './database.ts'
import { deployedEntry, endpointEntries, peerEntries } from './entries.ts'
import { type ColdPlan, type ColdRow, measureCold } from './measure.ts'

export interface ColdFigures {
  /** First answer from memory. */
  readonly peers: readonly ColdRow[]
  /** First answer that verifies a token, with its key fetched, and reads a note from DynamoDB. */
  readonly endpoint: readonly ColdRow[]
}

/** `only` names the peers that are started; all unless told. */
export const measureAllCold = async (plan: ColdPlan, only?: readonly string[]): Promise<ColdFigures> => {
  const named = peerEntries.filter(({ name }) => !only || only.includes(name))
  const entries = !only || only.includes('ours') ? [...named, deployedEntry] : named
  const { event, environment, stop } = await createDatabaseWorld()
  try {
    const peers = await measureCold(plan, { entries, event: eventOf(timed.single, 'Bearer full'), environment })
    return { peers, endpoint: await measureCold(plan, { entries: endpointEntries, event, environment }) }
  } finally {
    await stop()
  }
}
