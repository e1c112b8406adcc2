/** Checks titles, contents and tags of inputs against `note-limits.ts`. */
import { composeLine, lineFault } from '@fieldnotes/core/visible-text'
import type { Problems } from '../errors/bad-input.ts'
import type { NewNoteInput, UpdateNoteInput } from '../generated/types.ts'
import type { Draft } from './note.ts'
import { limits } from './note-limits.ts'

/** A tag as it is stored: in NFC, without white space around it. */
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
 * Contents are the author's own text of many lines, which clients show apart from everything else. They are stored
 * unchanged, control characters and NUL included (CommonMark §2.3 replaces NUL), if UTF-8 can encode them.
 */
function contentFault(value: string): string | undefined {
  // A text has at least as many bytes in UTF-8 as UTF-16 units, so that a long one is not encoded.
  const isLong = value.length > limits.contentBytes || Buffer.byteLength(value) > limits.contentBytes
  if (isLong) return `use at most ${limits.contentBytes} bytes`
  return value.isWellFormed() ? undefined : 'use well-formed Unicode'
}

/** A new note's members, with the schema's default in the place of null. Adds problems under the path `argument`. */
export function parseDraft(input: NewNoteInput, argument: string, problems: Problems): Draft {
  const { title, pinned, color } = input
  const content = input.content ?? ''
  problems.add(`${argument}.title`, lineFault(title, limits.titleCharacters))
  problems.add(`${argument}.content`, contentFault(content))
  const tags = parseTags(input.tags ?? [], `${argument}.tags`, problems)
  return { title, content, tags, pinned: pinned ?? false, color: color ?? undefined }
}

/** The given members. Adds a problem when there are none. */
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
