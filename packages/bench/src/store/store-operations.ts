/** The measured operations of the store, each on prepared notes. */
import { globalId } from '@fieldnotes/api/ids'
import type { Town } from './town.ts'

/** An operation of the store with its preparation. */
export interface Operation {
  readonly name: string
  /** Expected number of network requests; undefined when it may grow. */
  readonly requests: number | undefined
  /** Prepares data and returns the function to measure; the preparation is not counted. */
  readonly prepare: (town: Town) => Promise<() => Promise<unknown>>
}

function operation(name: string, requests: number | undefined, prepare: Operation['prepare']): Operation {
  return {
    name,
    requests,
    prepare,
  }
}

/**
 * Waits for the millisecond after a note's creation. A change within the same millisecond is not written directly,
 * since each change of a note has a later instant, and takes a second request.
 */
async function nextMillisecond(createdAt: string): Promise<void> {
  while (Date.now() <= Date.parse(createdAt)) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** An operation on a new note of alice's. */
function onNote(name: string, requests: number, act: (town: Town, id: string) => Promise<unknown>): Operation {
  return operation(name, requests, async (town) => {
    const { id, createdAt } = await town.alice.notes.create({ title: 'Measured', content: 'x'.repeat(1000) })
    await nextMillisecond(createdAt)
    return () => act(town, globalId('Note', id))
  })
}

/** An operation on a new note of alice's that bob edits. */
function onShared(name: string, requests: number, act: (town: Town, id: string) => Promise<unknown>): Operation {
  return operation(name, requests, async (town) => {
    const { id } = await town.alice.notes.create({ title: 'Measured', content: 'x'.repeat(1000) })
    const { profile } = await town.bob.people.me()
    await town.alice.notes.share({ id: globalId('Note', id), handle: profile?.handle ?? '', role: 'EDITOR' })
    return () => act(town, globalId('Note', id))
  })
}

function onTown(name: string, requests: number | undefined, act: (town: Town) => Promise<unknown>): Operation {
  return operation(name, requests, async (town) => () => act(town))
}

/** The cursor after all changes, except those that have not settled. */
async function latest(notes: Town['alice']['notes']): Promise<string | null> {
  let page = await notes.changes({ first: 100 })
  while (page.hasMore) page = await notes.changes({ since: page.cursor, first: 100 })
  return page.cursor
}

/** Creates `count` notes of `bytes` bytes. */
async function fill(notes: Town['alice']['notes'], count: number, bytes: number): Promise<void> {
  const batch = bytes > 10_000 ? 5 : 25
  for (let left = count; left > 0; left -= batch) {
    await notes.createMany({ notes: Array.from({ length: batch }, () => ({ title: 'x', content: 'x'.repeat(bytes) })) })
  }
}

/** A page of changes for a person to whom `delivered` others were delivered within the last seconds. */
function inBurst(
  name: string,
  { delivered, fresh, bytes }: { delivered: number; fresh: number; bytes: number },
): Operation {
  return operation(name, 5, async ({ newcomer }) => {
    const { notes } = newcomer()
    await fill(notes, delivered, bytes)
    const since = await latest(notes)
    await fill(notes, fresh, bytes)
    return () => notes.changes({ since, first: 100 })
  })
}

/** All measured operations, in the order of the table. */
export const operations: readonly Operation[] = [
  // Runs first, and for bob: none of his notes changes during the measurement.
  operation('changes, nothing new', 4, async ({ bob }) => {
    const since = await latest(bob.notes)
    return () => bob.notes.changes({ since })
  }),
  // Runs before alice's changes: she has one note and at least 100 more.
  operation('page of 100 changes', 5, async ({ alice }) => {
    const { cursor } = await alice.notes.changes({ first: 1 })
    return () => alice.notes.changes({ since: cursor, first: 100 })
  }),
  inBurst('… after 500 delivered within seconds', { delivered: 500, fresh: 100, bytes: 1000 }),
  inBurst('page of changes, notes of 99 KB', { delivered: 0, fresh: 20, bytes: 99_000 }),
  inBurst('… after 60 delivered within seconds', { delivered: 60, fresh: 20, bytes: 99_000 }),
  onNote('note by id', 1, ({ alice }, id) => alice.notes.get(id)),
  onShared('note by id, shared', 2, ({ bob }, id) => bob.notes.get(id)),
  onTown('page of 20', 1, ({ alice }) => alice.notes.list({ first: 20 })),
  onTown('page of 100', 1, ({ alice }) => alice.notes.list({ first: 100 })),
  onTown('page of 20 by creation', 1, ({ alice }) =>
    alice.notes.list({ first: 20, orderBy: { field: 'CREATED_AT', direction: 'ASC' } }),
  ),
  onTown('page of 20, one tag in ten', undefined, ({ alice }) =>
    alice.notes.list({ first: 20, filter: { tag: 'tenth' } }),
  ),
  onTown('page of a tag on one note (grows)', undefined, ({ alice }) =>
    alice.notes.list({ first: 20, filter: { tag: 'rare' } }),
  ),
  onTown('page of 20 shared with me', 2, ({ bob }) => bob.notes.shared({ first: 20 })),
  onTown('tags with counts', 1, ({ alice }) => alice.notes.tags()),
  onTown('create', 1, ({ alice }) => alice.notes.create({ title: 'Measured', content: 'x'.repeat(1000) })),
  onTown('create with a tag and a key', 1, ({ alice }) =>
    alice.notes.create({
      title: 'Measured',
      content: 'x'.repeat(1000),
      tags: ['others'],
      idempotencyKey: crypto.randomUUID(),
    }),
  ),
  onNote('update', 1, ({ alice }, id) => alice.notes.update({ id, title: 'Changed' })),
  onNote('update with a key', 2, ({ alice }, id) =>
    alice.notes.update({ id, title: 'Changed', idempotencyKey: crypto.randomUUID() }),
  ),
  onShared('update, shared with one', 2, ({ alice }, id) => alice.notes.update({ id, title: 'Changed' })),
  onShared('update by an editor', 4, ({ bob }, id) => bob.notes.update({ id, title: 'Changed' })),
  onNote('trash', 2, ({ alice }, id) => alice.notes.trash({ id })),
  onNote('delete', 2, ({ alice }, id) => alice.notes.delete({ id })),
]
