import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bundle } from '../src/cold/bundle-entry.ts'
import { type ColdEntry, endpointEntries, peerEntries } from '../src/cold/entries.ts'
import { executorOf } from '../src/contract/layers.ts'
import type { Handler } from '../src/contract/peer.ts'
import { peer as floor } from '../src/peers/floor.ts'
import { compareAnswers } from '../src/warm/compare-answers.ts'

const root = await mkdtemp(join(tmpdir(), 'fieldnotes-bundle-'))
afterAll(() => rm(root, { recursive: true, force: true }))

/** A bundle has its own copies of libraries, and can contain two of one. */
describe('our bundle', () => {
  it('answers as the floor does, the first time and every time', async () => {
    const entry = peerEntries.find(({ name }) => name === 'ours')
    if (!entry) throw new Error('ours is started cold')
    const { directory } = await bundle(join(root, 'ours'), entry)
    const { handler } = (await import(join(directory, 'bundle.mjs'))) as { handler: Handler }
    const [expected, got] = [
      await executorOf(floor, 'lambda'),
      await executorOf({ handler: async () => handler }, 'lambda'),
    ]
    if (!expected || !got) throw new Error('both are there')
    for (let time = 0; time < 8; time += 1) expect(await compareAnswers(expected, got)).toEqual([])
  })
})

function endpointOf(wanted: string): ColdEntry {
  const entry = endpointEntries.find(({ name }) => name === wanted)
  if (!entry) throw new Error(`${wanted} is started cold`)
  return entry
}

describe('the bundle of the endpoint', () => {
  const kilobytesOf = async (name: string) => (await bundle(join(root, name), endpointOf(name))).kilobytes

  it("has DynamoDB's client among what it loads at its start in the row that says so, and in that alone", async () => {
    const [open, lazy, eager] = await Promise.all(['endpoint-open', 'endpoint', 'endpoint-eager'].map(kilobytesOf))
    // The client and its documents are about 320 KiB.
    expect(open).toBeLessThan(600)
    expect(lazy).toBeLessThan(600)
    expect(eager).toBeGreaterThan(600)
  })
})
