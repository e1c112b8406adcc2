/** What people write, checked. Limits are those that the schema's descriptions state. */
import { badInput } from '../bad-input.ts'
import type { NewNoteInput, UpdateNoteInput } from '../generated/schema.ts'
import type { Draft } from './note.ts'

export const limits = {
  titleCharacters: 200,
  contentBytes: 100_000,
  tags: 20,
  tagCharacters: 50,
  sharesPerNote: 50,
  notesPerCall: 25,
  tagsPerCall: 70,
} as const

const control = /[\p{Cc}\p{Zl}\p{Zp}]/u

/** One line of text. Lone surrogates have no UTF-8 and would come back changed. */
export const parseLine = (value: string, argument: string, charactersMax: number): string => {
  const characters = [...value].length
  if (value.trim() === '' || characters > charactersMax) {
    throw badInput(argument, `use 1 to ${charactersMax} characters`)
  }
  if (!value.isWellFormed() || control.test(value)) throw badInput(argument, 'use one line of well-formed text')
  return value
}

const parseContent = (value: string, argument: string): string => {
  if (!value.isWellFormed()) throw badInput(argument, 'use well-formed text')
  if (Buffer.byteLength(value) > limits.contentBytes)
    throw badInput(argument, `use at most ${limits.contentBytes} bytes`)
  return value
}

const parseTags = (values: readonly string[], argument: string): readonly string[] => {
  const tags = values.map((tag, index) =>
    parseLine(tag.normalize().trim(), `${argument}.${index}`, limits.tagCharacters),
  )
  const distinct = [...new Set(tags)].sort()
  if (distinct.length > limits.tags) throw badInput(argument, `use at most ${limits.tags} tags`)
  return distinct
}

/** A new note's text, the schema's defaults in place of null. @throws BAD_USER_INPUT below `argument` */
export const parseDraft = (input: NewNoteInput, argument: string): Draft => ({
  title: parseLine(input.title, `${argument}.title`, limits.titleCharacters),
  content: parseContent(input.content ?? '', `${argument}.content`),
  tags: parseTags(input.tags ?? [], `${argument}.tags`),
  pinned: input.pinned ?? false,
  color: input.color ?? undefined,
})

const refuseNull = (input: UpdateNoteInput) => {
  for (const member of ['title', 'content', 'tags', 'pinned'] as const) {
    if (input[member] === null) throw badInput(`input.${member}`, 'leave it out or give a value')
  }
}

/** The members that are given and nothing else. @throws BAD_USER_INPUT; also when there are none */
export const parsePatch = (input: UpdateNoteInput): Partial<Draft> => {
  refuseNull(input)
  const { title, content, tags, pinned, color } = input
  const patch: Partial<Draft> = {
    ...(typeof title === 'string' && { title: parseLine(title, 'input.title', limits.titleCharacters) }),
    ...(typeof content === 'string' && { content: parseContent(content, 'input.content') }),
    ...(tags && { tags: parseTags(tags, 'input.tags') }),
    ...(typeof pinned === 'boolean' && { pinned }),
    ...(color !== undefined && { color: color ?? undefined }),
  }
  if (Object.keys(patch).length === 0) throw badInput('input', 'nothing to change')
  return patch
}
