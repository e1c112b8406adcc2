/** What two processes write to one export at the same time: the first one is kept, and the second one learns of it. */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { createTable } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { ArchiveBusy } from '../src/jobs/archive-lease.ts'
import { createJobStore } from '../src/jobs/job-store.ts'
import { personOf } from './kit/far-side.ts'

const { config } = accessTable()

async function started(person: string) {
  const table = createTable(config())
  const jobs = createJobStore(() => table, Date.now)
  return { jobs, job: await jobs.start(personOf(person)) }
}

function part(key: string) {
  return { key, ids: [`${key}-1`, `${key}-2`], cursor: `after ${key}`, hasMore: true }
}

describe('of two', () => {
  it('parts with one index the first is the export’s, whole; the next index is free', async () => {
    const { jobs, job } = await started('parts')
    expect(await jobs.addPart(job, 0, part('a'))).toBe(true)
    expect(await jobs.addPart(job, 0, part('b'))).toBe(false)
    expect(await jobs.parts(job)).toEqual([part('a')])
    const last = { ...part('c'), cursor: null, hasMore: false }
    expect(await jobs.addPart(job, 1, last)).toBe(true)
    expect(await jobs.parts(job)).toEqual([part('a'), last])
  })

  it.each([
    [{ status: 'failed' }, { status: 'done', archive: 'b' }],
    [
      { status: 'done', archive: 'a' },
      { status: 'done', archive: 'b' },
    ],
    [{ status: 'done', archive: 'a' }, { status: 'failed' }],
  ] as const)('ends %j and %j the first counts', async (first, second) => {
    const { jobs, job } = await started(`ends${JSON.stringify([first, second]).length}`)
    expect([await jobs.end(job, first), await jobs.end(job, second)]).toEqual([true, false])
    expect((await jobs.find(job.personId, job.id))?.end).toEqual(first)
  })
})

describe('a lease that is over', () => {
  it('is taken by one of many at once, and its first holder renews it no more', async () => {
    const table = createTable(config())
    let now = Date.now()
    const jobs = createJobStore(
      () => table,
      () => now,
    )
    const job = await jobs.start(personOf('lease'))
    const first = await jobs.takeLease(job)
    now += 30_000
    const taken = await Promise.allSettled(Array.from({ length: 5 }, () => jobs.takeLease(job)))
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(first.renew()).rejects.toThrow(ArchiveBusy)
  })
})
