/** The text of each scope, which a consent page shows, says what the rules allow with it, and nothing else. */
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { type ScopeName, scopeOwner, scopes } from '@fieldnotes/core/scopes'
import { describe, expect, it } from 'vitest'
import { createSchema } from '../src/graphql/schema.ts'
import { rules } from '../src/rules.ts'

/** What a person reads of a field: each must be in the text of a scope that opens it, and in no other text. */
const words = {
  Query: /^Read .*notes/,
  'Query.me': /your profile: name/,
  'User.email': /e-mail address/,
  'User.handle': /handle/,
  'Note.lastEditedWith': /which app last changed a note/,
  'Mutation.createNote': /create/i,
  'Mutation.createNotes': /create/i,
  'Mutation.updateNote': /\bchange\b/,
  'Mutation.updateProfile': /change .*profile/,
  'Mutation.shareNote': /\bshare\b/i,
  'Mutation.unshareNote': /stop sharing/,
  'Mutation.leaveNote': /leave notes of others/,
  'Mutation.trashNote': /put notes into the trash/i,
  'Mutation.restoreNote': /the trash and out/,
  'Mutation.deleteNote': /delete/,
} as const

const { decide } = createSchema()
const note = { ownerId: 'ann', shares: {}, trashedAt: undefined }
const objects: Readonly<Record<string, object>> = { Note: note, User: { id: 'ann' } }

/** Whether an app of a third party may use the field for ann, with these scopes. */
function allows(coordinate: string, names: readonly string[]): boolean {
  const granted = new Set(names.map((name) => `${scopeOwner}:${name}`))
  const ann = sampleUser({ id: 'ann', thirdParty: true, scopes: granted })
  return decide(ann, coordinate, objects[coordinate.split('.')[0] ?? '']).allowed
}

function fieldsOf(type: keyof typeof rules): readonly string[] {
  return Object.keys(rules[type]).map((name) => `${type}.${name}`)
}

/** Whether the scope opens the field: a root field by itself, and a field of an object to a token that finds it. */
function opens(scope: ScopeName, coordinate: string): boolean {
  if (/^(Query|Mutation)\./.test(coordinate)) return allows(coordinate, [scope])
  if (coordinate.startsWith('User.')) return allows('Query.me', [scope]) && allows(coordinate, [scope])
  return scope !== 'read' && allows(coordinate, ['read', scope]) && !allows(coordinate, ['read'])
}

/** The keys of `words` that the scope opens. */
function openedBy(scope: ScopeName): readonly string[] {
  const found = [...fieldsOf('Query'), ...fieldsOf('Mutation'), ...fieldsOf('Note'), 'User.email', 'User.handle']
  const keys = found.filter((coordinate) => opens(scope, coordinate)).map((coordinate) => keyOf(coordinate))
  return [...new Set(keys)].sort()
}

/** One word is enough for the fields that find notes. */
function keyOf(coordinate: string): string {
  return coordinate.startsWith('Query.') && coordinate !== 'Query.me' ? 'Query' : coordinate
}

describe('the text of a scope', () => {
  it.each(Object.entries(scopes) as [ScopeName, string][])('%s says what it opens: %s', (scope, text) => {
    const said = Object.entries(words).flatMap(([key, pattern]) => (pattern.test(text) ? [key] : []))
    expect(said.sort()).toEqual(openedBy(scope))
    expect(text.length).toBeLessThanOrEqual(256)
  })
})
