/**
 * Work on one export at the same time: by two requests at one process, and by two processes of which one is done first.
 */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { openLossyLine } from '@fieldnotes/table/test/lossy'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ArchiveStore } from '../src/store/archive-store.ts'
import { note, personOf, tokenFor } from './kit/far-side.ts'
import { createWorld } from './kit/world.ts'

const { config } = accessTable()
const notes = ['a', 'b', 'c'].map((id) => note(id))

/** Steps of an export that nothing ends: exchange, profile, 2 pages with their parts, upload, removal. */
const stepsOfExport = 9

describe('an export', () => {
  it('is worked on once by a process, however many requests come meanwhile', async () => {
    const world = createWorld(config(), 'after')
    world.far.notes = notes
    const { put } = world.store
    const held = Promise.withResolvers<void>()
    const slow: Pick<ArchiveStore, 'put'> = { put: (key, body) => held.promise.then(() => put(key, body)) }
    Object.assign(world.store, slow)
    const { call, count } = world.start()
    const token = await tokenFor(personOf('once'))
    const first = await call('POST', '/exporter/exports', token)
    const location = String(first.headers.location)
    for (let repetition = 0; repetition < 3; repetition += 1)
      expect((await call('POST', '/exporter/exports', token)).headers.location).toBe(location)
    held.resolve()
    await expect.poll(async () => (await call('GET', location, token)).body.status).toBe('done')
    await expect.poll(() => world.store.objects.size).toBe(1)
    // The other requests have exchanged nothing.
    expect(count()).toBe(stepsOfExport)
  })

  it('is worked on once by a process where two requests come at the same moment', async () => {
    const world = createWorld(config(), 'after')
    world.far.notes = notes
    const { fetch } = world.far
    const [both, exchanges] = [Promise.withResolvers<void>(), [] as string[]]
    // Each request exchanges its token when none of them works yet.
    const together: typeof fetch = async (input, init) => {
      if (String(input).endsWith('/token') && exchanges.push('exchange') === 2) both.resolve()
      if (String(input).endsWith('/token')) await both.promise
      return fetch(input, init)
    }
    Object.assign(world.far, { fetch: together })
    const { call, count } = world.start()
    const token = await tokenFor(personOf('moment'))
    const [first, second] = await Promise.all([1, 2].map(() => call('POST', '/exporter/exports', token)))
    expect(first?.headers.location).toBe(second?.headers.location)
    const location = String(first?.headers.location)
    await expect.poll(async () => (await call('GET', location, token)).body.status).toBe('done')
    await expect.poll(() => world.store.objects.size).toBe(1)
    expect(count()).toBe(stepsOfExport + 1)
  })

  it.each([
    ['that another process ends meanwhile is not interrupted, and has one archive', true, 'export.ended'],
    ['whose parts can not be read is interrupted', false, 'export.interrupted'],
  ])('%s', async (_name, isEnded, line) => {
    const world = createWorld(config())
    world.far.notes = notes
    const token = await tokenFor(personOf(line.replace('.', '')))
    const { get } = world.store
    const lost = async () => {
      Object.assign(world.store, { get })
      // The lease of the archive is over.
      world.clock.ahead += 30_000
      if (isEnded) await world.start().call('POST', '/exporter/exports', token)
      throw new Error('no such object')
    }
    const { call } = world.start()
    Object.assign(world.store, { get: lost })
    const late = world.start()
    Object.assign(world.store, { get })
    const { body } = await late.call('POST', '/exporter/exports', token)
    expect(body.status).toBe(isEnded ? 'done' : 'pending')
    const log = world.lines.join()
    expect([log.includes(line), log.includes('export.interrupted')]).toEqual([true, !isEnded])
    if (!isEnded) expect((await call('POST', '/exporter/exports', token)).body.status).toBe('done')
    expect([...world.store.objects.keys()].filter((key) => key.includes('/archive-'))).toHaveLength(1)
  })

  it('whose archive is written is written once, however many requests come meanwhile', async () => {
    const world = createWorld(config())
    world.far.notes = notes
    const token = await tokenFor(personOf('polled'))
    const { upload, get } = world.store
    const polled: (string | undefined)[] = []
    const counted = { reads: 0 }
    const post = async () => String((await world.start().call('POST', '/exporter/exports', token)).body.status)
    Object.assign(world.store, {
      get: (key: string) => {
        counted.reads += 1
        world.clock.ahead += 20_000
        return get(key)
      },
      upload: async (...args: Parameters<ArchiveStore['upload']>) => {
        polled.push(await post())
        await upload(...args)
        polled.push(await post())
      },
    })
    expect(await post()).toBe('done')
    expect(polled).toEqual(['pending', 'pending'])
    expect([...world.store.objects.keys()].map((key) => key.includes('/archive-'))).toEqual([true])
    // The profile and two pages.
    expect(counted.reads).toBe(3)
  })

  it('of two archives at the same time keeps the one that is the export’s', async () => {
    const world = createWorld(config())
    world.far.notes = notes
    const token = await tokenFor(personOf('two'))
    const { upload } = world.store
    const late: Pick<ArchiveStore, 'upload'> = {
      upload: async (key, body) => {
        await upload(key, body)
        Object.assign(world.store, { upload })
        world.clock.ahead += 30_000
        await world.start().call('POST', '/exporter/exports', token)
      },
    }
    Object.assign(world.store, late)
    const { body, headers } = await world.start().call('POST', '/exporter/exports', token)
    expect(body.status).toBe('done')
    const link = await world.start().call('GET', String(headers.location).replace('/exports/', '/archives/'), token)
    const [archive, ...others] = world.store.objects.keys()
    expect([others, String(link.headers.location).includes(String(archive))]).toEqual([[], true])
  })

  it('whose end got no answer keeps its archive: the end is not written twice', async () => {
    const line = await openLossyLine(config())
    onTestFinished(line.close)
    const world = createWorld(line.config)
    world.far.notes = notes
    const { upload } = world.store
    const losing: Pick<ArchiveStore, 'upload'> = {
      upload: async (key, body) => {
        await upload(key, body)
        line.loseNext()
      },
    }
    Object.assign(world.store, losing)
    const token = await tokenFor(personOf('lost'))
    const { body } = await world.start().call('POST', '/exporter/exports', token)
    const archives = [...world.store.objects.keys()].filter((key) => key.includes('/archive-'))
    expect([line.lost(), body.status, archives.length]).toEqual([1, 'done', 1])
  })
})
