import { describe, expect, it } from 'vitest'
import type { Layer } from '../src/contract/layers.ts'
import type { PeerName } from '../src/peers/peer-list.ts'
import { openWorker } from '../src/warm/worker-pool.ts'

async function opened(name: PeerName, layer: Layer) {
  const worker = await openWorker(name, layer)
  try {
    const sample = await worker.time({ operation: 'single', milliseconds: 5 })
    await worker.compare()
    return { ...sample, operations: worker.operations }
  } finally {
    await worker.close()
  }
}

describe('a worker', () => {
  it('is timed on every operation when it has guards, and answers the same after it', async () => {
    const { cpu, spent, operations } = await opened('floor', 'lambda')
    expect(cpu).toBeGreaterThan(0)
    expect(spent).toBeGreaterThanOrEqual(5)
    expect(operations).toEqual(['single', 'list', 'deniedField', 'deniedOwner', 'deniedRoot'])
  })

  it('is timed only where nothing is refused when it has none', async () => {
    expect((await opened('graphql-js', 'engine')).operations).toEqual(['single', 'list'])
  })

  it('says why it does not start', async () => {
    await expect(openWorker('graphql-js', 'lambda')).rejects.toThrow(/graphql-js has no lambda/)
  })
})
