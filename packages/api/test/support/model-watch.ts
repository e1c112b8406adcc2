/** Compares what people see with the model: online, and on devices that come back online. */
import { expect } from 'vitest'
import { type Model, type Name, names, roleIn, view } from './model.ts'
import { type Command, type Device, type Real, step } from './model-step.ts'
import type { Data } from './world.ts'

export const selection = '{ nodes { id title tags version viewerRole } }'
const everything = `{
  notes(first: 100) ${selection}
  trash: notes(first: 100, filter: { trashed: true }) ${selection}
  sharedWithMe(first: 100) ${selection}
  tags { tag count }
}`
const changes = `query ($since: String, $first: Int) {
  changes(since: $since, first: $first) {
    cursor
    hasMore
    changes {
      ... on NoteChanged { note { id title tags version viewerRole updatedAt } }
      ... on NoteGone { noteId at }
    }
  }
}`

/** Every person sees exactly what the model says. */
export async function lookAround(model: Model, real: Real): Promise<void> {
  for (const who of names) {
    const { data, codes } = await real.people[who].ask(everything)
    expect(codes).toEqual([])
    const { notes, trash, sharedWithMe, tags } = data
    expect({ notes: notes.nodes, trash: trash.nodes, shared: sharedWithMe.nodes, tags }, who).toEqual(view(model, who))
    const ids = model.notes.slice(-100).map(({ id }) => id)
    const byId = await real.people[who].ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
    const visible = model.notes.slice(-100).map((note) => (roleIn(note, who) ? { id: note.id } : null))
    expect(byId.data.nodes, who).toEqual(visible)
  }
}

export function look(): Command {
  return step('every caller reads', () => true, lookAround)
}

/** Each change of a note that a device receives is newer than the last one. */
function take({ kept, delivered }: Device, { note, noteId, at }: Data): void {
  const { updatedAt: since, ...rest } = note ?? { id: noteId, updatedAt: at }
  expect(since > (delivered.get(rest.id) ?? ''), `${rest.id} is delivered again`).toBe(true)
  delivered.set(rest.id, since)
  if (note) kept.set(rest.id, rest)
  else kept.delete(noteId)
}

/**
 * Syncs a device that comes back online: it receives exactly the notes that are new to its owner, each once, and has
 * what its owner sees afterwards. The first page for an empty device has no deletions.
 */
export function sync(who: Name, first: number): Command {
  return step(
    `${who} syncs by ${first}`,
    () => true,
    async (model, real) => {
      const device = real.devices[who]
      const { notes, trash: trashed, shared } = view(model, who)
      const visible = new Map([...notes, ...trashed, ...shared].map((note) => [note.id, note]))
      const news = model.news[who]
      const isFirst = device.cursor === null
      const met: string[] = []
      for (let more = true; more; ) {
        const { data, codes } = await real.people[who].ask(changes, { since: device.cursor, first })
        expect(codes).toEqual([])
        for (const change of data.changes.changes) {
          take(device, change)
          met.push(change.note?.id ?? change.noteId)
        }
        device.cursor = data.changes.cursor
        more = data.changes.hasMore
      }
      const due = [...news].filter((id) => met.includes(id) || !isFirst || visible.has(id))
      expect(met.sort(), `${who} receives`).toEqual(due.sort())
      for (const id of met) news.delete(id)
      expect(new Map(device.kept)).toEqual(visible)
    },
  )
}
