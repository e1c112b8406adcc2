/** The schema's descriptions state the numbers of `limits.ts`. */

import { readFileSync } from 'node:fs'
import { buildSchema, isInputObjectType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { limits } from '../../src/notes/note-limits.ts'

const schema = buildSchema(readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'))

function descriptionOf(coordinate: string): string {
  const [typeName = '', field = ''] = coordinate.split('.')
  const type = schema.getType(typeName)
  const fields = isObjectType(type) || isInputObjectType(type) ? type.getFields() : {}
  return fields[field]?.description ?? ''
}

const rows: readonly (readonly [coordinate: string, names: readonly (keyof typeof limits)[]])[] = [
  ['Query.notes', ['pageSize', 'pageSizeDefault']],
  ['Query.nodes', ['pageSize']],
  ['Query.changes', ['pageSize', 'pageSizeDefault', 'changesContentBytes', 'syncCursorDays']],
  ['Mutation.createNotes', ['notesPerCall', 'tagsPerCall']],
  ['Mutation.shareNote', ['sharesPerNote']],
  ['Note.title', ['titleCharacters']],
  ['Note.content', ['contentBytes']],
  ['Note.tags', ['tags', 'tagCharacters']],
  ['CreateNoteInput.title', ['titleCharacters']],
  ['CreateNoteInput.content', ['contentBytes']],
  ['CreateNoteInput.tags', ['tags', 'tagsGiven', 'tagCharacters']],
  ['CreateNotesInput.notes', ['notesPerCall']],
]

describe('the limits', () => {
  it.each(rows)('are in the description of %s', (coordinate, names) => {
    const numbers = descriptionOf(coordinate).match(/\d+(?:,\d{3})*/g) ?? []
    for (const name of names) expect(numbers, name).toContain(limits[name].toLocaleString('en'))
  })

  it('are all in a description', () => {
    expect(new Set(rows.flatMap(([, names]) => names))).toEqual(new Set(Object.keys(limits)))
  })
})
