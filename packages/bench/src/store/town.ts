/** A table full of notes: half of them belong to one person, the rest to people with a hundred each. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { CallerData } from '@fieldnotes/api/context'
import { callerDataOf } from '@fieldnotes/api/create-context'
import type { Table } from '@fieldnotes/table/table'

const batch = 25
const notesOfOthers = 100
const fullPage = 100
const atOnce = 8

/** A filled table with sessions of some of its people. */
export interface Town {
  /** Owns half of all notes. */
  readonly alice: CallerData
  /** Edits one note of alice's, and has a hundred of his own. */
  readonly bob: CallerData
  /** A new person without notes. */
  readonly newcomer: () => CallerData
}

function sessionFor(table: Table, id: string, clock = Date.now): CallerData {
  const deps = {
    table,
    clock,
    random: (bytes: number) => randomBytes(bytes),
    cursorSecrets: ['a secret of the bench'],
  }
  return callerDataOf(deps, {
    id,
    name: id,
    email: undefined,
    clientId: 'bench',
    thirdParty: false,
    readsNotes: () => true,
  })
}

/** One minute ago: changes of that time have settled. */
function earlier() {
  return Date.now() - 60_000
}

/** A note of about 1 KB; every tenth has the tag `tenth`. */
function note(index: number) {
  return {
    title: `Note ${index}`,
    content: 'x'.repeat(1000),
    tags: index % 10 === 0 ? ['tenth'] : ['others'],
  }
}

async function write({ notes }: CallerData, count: number): Promise<void> {
  for (let from = 0; from < count; from += batch) {
    const length = Math.min(batch, count - from)
    await notes.createMany({ notes: Array.from({ length }, (_, index) => note(from + index)) })
  }
}

/** Fills the table with `total` notes. */
export async function build(table: Table, total: number): Promise<Town> {
  const [alice, bob] = [sessionFor(table, 'alice', earlier), sessionFor(table, 'bob', earlier)]
  await alice.notes.create({ ...note(0), tags: ['rare'] })
  const others = Array.from({ length: Math.ceil(total / 2 / notesOfOthers) }, (_, index) =>
    sessionFor(table, `p${index}`, earlier),
  )
  const work = [
    () => write(alice, Math.max(total / 2, fullPage)),
    ...others.map((other) => () => write(other, notesOfOthers)),
  ]
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = work.shift(); next; next = work.shift()) await next()
  })
  await Promise.all([...workers, write(bob, notesOfOthers)])
  const newcomer = () => sessionFor(table, `newcomer-${randomUUID()}`)
  return { alice: sessionFor(table, 'alice'), bob: sessionFor(table, 'bob'), newcomer }
}
