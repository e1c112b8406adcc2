/** Reads a person's data through the endpoint, as any client does. */
import type { Answer, FieldError, GraphqlClient } from '@fieldnotes/client/graphql-client'
import { NoAnswer } from '@fieldnotes/client/no-answer'
import type { Absent, Page } from './export-page.ts'
import { noteEntry } from './markdown.ts'
import { exportNotes, exportProfile, type NotesData, type ReadNote } from './operations.ts'

/** The token has ended, or the endpoint can't answer now: another request reads on. */
export class CannotReadOn extends Error {
  override readonly name = 'CannotReadOn'
}

/** The endpoint refuses the same request each time. */
export class CannotRead extends Error {
  override readonly name = 'CannotRead'
}

/** Notes of one page. The endpoint limits its contents to 1,000,000 bytes. */
const notesOfPage = 50

/** Codes of refusals that are final for this caller. */
const refusedCodes: ReadonlySet<string> = new Set(['FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED'])

/** The first page: the profile. @throws CannotReadOn; CannotRead */
export async function readProfile(client: GraphqlClient): Promise<Page> {
  const answer = await executed(() => client.execute(exportProfile, {}))
  const { me } = data(answer)
  const text = `${JSON.stringify(withoutTypes(me), null, 2)}\n`
  const entries = me ? [{ id: 'profile', path: 'profile.json', text }] : []
  return { entries, absent: absentOf(answer.errors), cursor: null, hasMore: true }
}

/**
 * A page of the notes that the person owns, those in the trash too. A note that changes while pages are read may be on
 * two of them: the caller keeps the first one.
 * @throws CannotReadOn; CannotRead
 */
export async function readNotes(client: GraphqlClient, since: string | null, first = notesOfPage): Promise<Page> {
  const answer = await executed(() => client.execute(exportNotes, { since, first }))
  if (first > 1 && answer.errors.some(isTooLarge)) return readNotes(client, since, Math.floor(first / 2))
  const { changes } = data(answer)
  if (changes?.resyncRequired) throw new CannotRead('the cursor is too old')
  return pageOf(changes, answer.errors)
}

/** The page would be larger than the endpoint answers. Of a person's limits it is the request that is refused. */
function isTooLarge({ code, path }: FieldError): boolean {
  return code === 'LIMIT_EXCEEDED' && path.length > 0
}

async function executed<Data>(act: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await act()
  } catch (cause) {
    throw cause instanceof NoAnswer ? new CannotReadOn(cause.message, { cause }) : cause
  }
}

/** Statuses of a refusal that passes: another token, or another time. */
function passes(status: number): boolean {
  return status === 401 || status === 429 || status >= 500
}

/** Codes of errors that the same request gets each time. */
const lastingCodes: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'LIMIT_EXCEEDED'])

/** A value that could not be read now is not absent: the page is read again later. */
function data<Data>({ status, data: found, errors }: Answer<Data>): Data {
  const other = errors.find(({ code }) => !refusedCodes.has(code))
  const words = `the endpoint answered ${status} ${other?.code ?? errors[0]?.code ?? ''}`
  if (passes(status) || (other && !lastingCodes.has(other.code))) throw new CannotReadOn(words)
  if (other || found === undefined) throw new CannotRead(words)
  return found
}

function pageOf(changes: NotesData['changes'], errors: readonly FieldError[]): Page {
  const notes = changes?.changes?.map((change) => change?.note ?? undefined) ?? []
  const owned = notes.filter((note): note is ReadNote => note?.viewerRole === 'OWNER')
  const isExported = ({ path: [, , index] }: FieldError) =>
    typeof index !== 'number' || notes[index] === undefined || notes[index]?.viewerRole === 'OWNER'
  return {
    entries: owned.map(noteEntry),
    absent: absentOf(errors.filter(isExported)),
    cursor: changes?.cursor ?? null,
    hasMore: changes?.hasMore ?? false,
  }
}

function absentOf(errors: readonly FieldError[]): readonly Absent[] {
  return errors.map(({ path, code }) => ({ path: path.filter((part) => typeof part === 'string').join('.'), code }))
}

/** The value without the names of types, which clients select. */
function withoutTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypes)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([name]) => name !== '__typename')
  return Object.fromEntries(members.map(([name, member]) => [name, withoutTypes(member)]))
}
