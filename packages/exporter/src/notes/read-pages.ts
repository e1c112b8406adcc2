/** Reads a person's data through the endpoint, as any client does. */
import type { Answer, FieldError, GraphqlClient } from '@fieldnotes/client/graphql-client'
import type { Absent, Page } from './export-page.ts'
import { noteEntry } from './markdown.ts'
import { exportNotes, exportProfile, type NotesData, type ReadNote } from './operations.ts'
import { CannotRead, CannotReadOn, readAnswer } from './read-answer.ts'

/** Notes of one page. The endpoint limits its contents to 1,000,000 bytes. */
const notesOfPage = 50

/** The first page: the profile. @throws CannotReadOn; CannotRead */
export async function readProfile(client: GraphqlClient): Promise<Page> {
  const isOfPerson = ({ path }: FieldError) => path.length > 1
  const { data, errors } = await readAnswer(() => client.execute(exportProfile, {}), isOfPerson)
  const text = `${JSON.stringify(withoutTypes(data.me), null, 2)}\n`
  const entries = data.me ? [{ id: 'profile', path: 'profile.json', text }] : []
  return { entries, absent: errors.map((error) => absentOf(error)), cursor: null, hasMore: true }
}

/**
 * A page of the notes that the person owns, those in the trash too. A note that changes while pages are read may be on
 * two of them: the caller keeps the first one.
 * @throws CannotReadOn; CannotRead
 */
export async function readNotes(client: GraphqlClient, since: string | null): Promise<Page> {
  const { data, errors } = await readAnswer(() => answerOf(client, since), isOfNote)
  // Refused as a whole: with another token it may be read.
  if (!data.changes) throw new CannotReadOn('the list is refused')
  if (data.changes.resyncRequired) throw new CannotRead('the cursor is too old')
  return pageOf(data.changes, errors)
}

/** Half as many notes where the answer would be too large. */
async function answerOf(client: GraphqlClient, since: string | null, first = notesOfPage): Promise<Answer<NotesData>> {
  const answer = await client.execute(exportNotes, { since, first })
  return first > 1 && isTooLarge(answer) ? answerOf(client, since, Math.floor(first / 2)) : answer
}

/** The endpoint refuses an answer that would be too large as a whole. Of a limit that passes the status is 429. */
function isTooLarge({ status, errors }: Answer<NotesData>): boolean {
  return status === 400 && errors.some(({ code }) => code === 'LIMIT_EXCEEDED')
}

/** At a note, or at one of its fields. Without the list and its cursor there is no next page. */
function isOfNote({ path }: FieldError): boolean {
  return typeof path[2] === 'number'
}

function pageOf(changes: NonNullable<NotesData['changes']>, errors: readonly FieldError[]): Page {
  const notes = changes.changes?.map((change) => change?.note ?? undefined) ?? []
  const noteOf = ({ path: [, , index] }: FieldError) => (typeof index === 'number' ? notes[index] : undefined)
  return {
    entries: notes.filter((note): note is ReadNote => note?.viewerRole === 'OWNER').map(noteEntry),
    absent: errors.filter((error) => !isOfOthers(noteOf(error))).map((error) => absentOf(error, noteOf(error))),
    cursor: changes.cursor,
    hasMore: changes.hasMore ?? false,
  }
}

/** Shared with the person. A note whose role could not be read may be the person's own. */
function isOfOthers(note: ReadNote | undefined): boolean {
  return note?.viewerRole === 'EDITOR' || note?.viewerRole === 'VIEWER'
}

/** A refusal is the same at each note; a fault is of one, which is named. */
function absentOf({ path, code }: FieldError, note?: ReadNote): Absent {
  const fields = path.filter((part) => typeof part === 'string').join('.')
  return { path: fields, code, ...(code === 'INTERNAL' && note && { id: note.id }) }
}

/** The value without the names of types, which clients select. */
function withoutTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypes)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([name]) => name !== '__typename')
  return Object.fromEntries(members.map(([name, member]) => [name, withoutTypes(member)]))
}
