/** A note as Markdown with front matter. */
import { createHash } from 'node:crypto'
import type { Entry } from './export-page.ts'
import type { ReadNote } from './operations.ts'

/**
 * Of 4 bytes at most: with the digest and `.md` a name has 220 of the 255 bytes of a file system (Linux, `NAME_MAX`).
 */
const nameCharsMax = 50

/**
 * A part of a file name, made of letters, digits and `-` alone: no separator, dot, control character or space of a
 * title reaches a path.
 */
function slugOf(title: string): string {
  const words =
    title
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const slug = [...words.join('-')].slice(0, nameCharsMax).join('')
  return slug.replace(/-$/, '') || 'note'
}

/** Names that differ only by case would be one file on some systems, so that the id is in a name as its digest. */
function fileNameOf({ id, title }: ReadNote): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16)
  return `${slugOf(title ?? '')}-${digest}.md`
}

/** Characters that JSON keeps and that YAML does not print, or takes for the end of a line (YAML 1.2.2 §5.1, §5.4). */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/**
 * A JSON value in which every other character is escaped. YAML 1.2 reads each as the same value: strings are
 * double-quoted scalars, lists and objects are flow collections (YAML 1.2.2 §1.3).
 */
function scalarOf(value: unknown): string {
  return JSON.stringify(value).replace(unprintable, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The members of a note in the front matter, in their order. What is null is left out. */
function membersOf(note: ReadNote): readonly (readonly [string, unknown])[] {
  const { id, title, tags, pinned, color, version, createdAt, updatedAt, trashedAt, shares } = note
  const people = shares?.flatMap((share) =>
    share ? [{ id: share.person?.id, role: share.role, since: share.sharedAt }] : [],
  )
  const members = { id, title, tags, pinned, color, version, createdAt, updatedAt, trashedAt, shares: people }
  return Object.entries(members).filter(([, value]) => value !== null && value !== undefined)
}

/** The file of a note: what the endpoint refused of it is not in it. Its content follows byte for byte. */
export function noteEntry(note: ReadNote): Entry {
  const lines = membersOf(note).map(([name, value]) => `${name}: ${scalarOf(value)}\n`)
  const folder = note.trashedAt === null ? 'notes' : 'trash'
  const text = `---\n${lines.join('')}---\n${note.content ?? ''}`
  return { id: note.id, path: `${folder}/${fileNameOf(note)}`, text }
}
