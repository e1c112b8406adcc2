/** What people write, checked. Limits are those that the schema's descriptions state. */
import { composeLine, lineFault } from '@fieldnotes/core/visible-text'
import type { Problems } from '../errors/bad-input.ts'
import type { NewNoteInput, UpdateNoteInput } from '../generated/types.ts'
import type { Draft } from './note.ts'

export const limits = {
  titleCharacters: 200,
  contentBytes: 100_000,
  tags: 20,
  /** With repetitions: longer lists are refused unread. */
  tagsGiven: 40,
  tagCharacters: 50,
  sharesPerNote: 50,
  notesPerCall: 25,
  tagsPerCall: 70,
} as const

/** A tag as it is stored: composed (NFC), without white space around it. */
export function parseTag(value: string, argument: string, problems: Problems): string {
  const { line, fault } = composeLine(value, limits.tagCharacters)
  problems.add(argument, fault)
  return line
}

function parseTags(values: readonly string[], argument: string, problems: Problems): readonly string[] {
  const tooMany = `use at most ${limits.tags} tags`
  if (values.length > limits.tagsGiven) {
    problems.add(argument, tooMany)
    return []
  }
  const tags = values.map((value, index) => parseTag(value, `${argument}.${index}`, problems))
  const distinct = [...new Set(tags)].sort()
  problems.add(argument, distinct.length > limits.tags ? tooMany : undefined)
  return distinct
}

/**
 * The contents are the author's own text of many lines, and clients show them apart from everything else. They are kept as they
 * are, controls and NUL included (CommonMark §2.3 says how NUL is shown), as long as they have a UTF-8 form.
 */
function contentFault(value: string): string | undefined {
  // In UTF-8 a text has at least as many bytes as UTF-16 units.
  const isLong = value.length > limits.contentBytes || Buffer.byteLength(value) > limits.contentBytes
  if (isLong) return `use at most ${limits.contentBytes} bytes`
  return value.isWellFormed() ? undefined : 'use well-formed Unicode'
}

/** A new note's text, the schema's defaults in place of null. Problems are added below `argument`. */
export function parseDraft(input: NewNoteInput, argument: string, problems: Problems): Draft {
  const { title, pinned, color } = input
  const content = input.content ?? ''
  problems.add(`${argument}.title`, lineFault(title, limits.titleCharacters))
  problems.add(`${argument}.content`, contentFault(content))
  const tags = parseTags(input.tags ?? [], `${argument}.tags`, problems)
  return { title, content, tags, pinned: pinned ?? false, color: color ?? undefined }
}

/** The members that are given and nothing else; a problem when there are none. */
export function parsePatch(input: UpdateNoteInput, problems: Problems): Partial<Draft> {
  for (const member of ['title', 'content', 'tags', 'pinned'] as const) {
    problems.add(`input.${member}`, input[member] === null ? 'leave it out or give a value' : undefined)
  }
  const { title, content, tags, pinned, color } = input
  if ([title, content, tags, pinned, color].every((value) => value === undefined)) {
    problems.add('input', 'nothing to change')
  }
  if (typeof title === 'string') problems.add('input.title', lineFault(title, limits.titleCharacters))
  if (typeof content === 'string') problems.add('input.content', contentFault(content))
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof content === 'string' && { content }),
    ...(tags && { tags: parseTags(tags, 'input.tags', problems) }),
    ...(typeof pinned === 'boolean' && { pinned }),
    ...(color !== undefined && { color: color ?? undefined }),
  }
}
