/** The secrets without which nothing is deployed. These values are of tests and of offline runs alone. */
import type { Ended, Sst } from './sst.ts'

/** Secret → value. */
export const requiredSecrets = {
  CursorSecrets: 'a-secret-of-at-least-thirty-two-bytes',
  ClientSecrets: 'a-root-of-at-least-thirty-two-bytes',
} as const

/** Sets each of them for a stage, until one can't be set. */
export async function setSecrets(sst: Pick<Sst, 'run'>, ...stage: readonly string[]): Promise<Ended> {
  let ended: Ended = { status: 0, output: '' }
  for (const [name, value] of Object.entries(requiredSecrets)) {
    ended = await sst.run('secret', 'set', name, value, ...stage)
    if (ended.status !== 0) return ended
  }
  return ended
}
