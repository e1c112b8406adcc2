/** An archive is written as fast as its store takes it: memory holds one part at a time. */
import type { Readable } from 'node:stream'
import { setImmediate as later } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { writeArchive } from '../src/archive/write-archive.ts'
import { filesOf, manifestOf } from './kit/read-archive.ts'
import { memoryStore } from './kit/world.ts'

const job = { personId: 'p', id: 'x', startedAt: 1_790_000_000, expiresAt: 1_790_086_400 }

/** Parts of 1 MB of text that does not become shorter by compression. */
function storeWithParts(count: number) {
  const store = memoryStore()
  const keys = Array.from({ length: count }, (_, index) => `exports/p/x/part-${index}`)
  for (const [index, key] of keys.entries()) {
    const text = Buffer.from(crypto.getRandomValues(new Uint8Array(65_536))).toString('base64')
    const entries = [{ id: `${index}`, path: `notes/${index}.md`, text: text.repeat(12) + index }]
    store.objects.set(key, Buffer.from(JSON.stringify({ entries, absent: [], cursor: null, hasMore: false })))
  }
  return { store, keys }
}

async function renew(): Promise<void> {}

describe('an archive', () => {
  it('reads no part before the store has taken the one before', async () => {
    const { store, keys } = storeWithParts(8)
    const reads: string[] = []
    const readsAt: number[] = []
    const slow = {
      ...store,
      get: (key: string) => store.get(key).finally(() => reads.push(key)),
      upload: async (key: string, body: Readable) => {
        let taken = 0
        const chunks: Buffer[] = []
        for await (const chunk of body) {
          for (let waits = 0; waits < 3; waits += 1) await later()
          chunks.push(chunk)
          taken += chunk.length
          readsAt.push(reads.length - taken / 600_000)
        }
        await store.put(key, Buffer.concat(chunks))
      },
    }
    await writeArchive({ store: slow, job, keys, renew, now: Date.now() }, 'exports/p/x/archive')
    expect(reads).toEqual(keys)
    // Each part is about 600,000 bytes in the archive; no more than two are ahead of what is stored.
    expect(Math.max(...readsAt)).toBeLessThan(2.5)
    expect(manifestOf(await filesOf(await store.get('exports/p/x/archive'))).files.length).toBe(8)
  })

  it('that can not be stored rejects, and can be written again', async () => {
    const { store, keys } = storeWithParts(3)
    const failing = {
      ...store,
      upload: async (_key: string, body: Readable) => {
        for await (const _ of body) throw new Error('full')
      },
    }
    await expect(writeArchive({ store: failing, job, keys, renew, now: 0 }, 'exports/p/x/archive')).rejects.toThrow(
      'full',
    )
    await writeArchive({ store, job, keys, renew, now: 0 }, 'exports/p/x/archive')
    expect((await filesOf(await store.get('exports/p/x/archive'))).length).toBe(4)
  })
})
