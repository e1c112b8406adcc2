/** What proofs assume about notes and people, compared with those that the endpoint has stored. */
import { knowledge, listed, trashed } from '@fieldnotes/api/knowledge'
import { mine, oneself, sharedAs } from '@fieldnotes/api/rules'
import { createSchema } from '@fieldnotes/api/schema'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { and, not, object, type Rule } from '@fieldnotes/policy/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NoteFacts, PersonFacts } from '../decisions/kit/facts.ts'
import type { ReadWorld } from '../decisions/kit/read-cases.ts'
import { startReadWorld } from '../decisions/kit/read-world.ts'
import type { Caller } from '../decisions/kit/world.ts'

let readWorld: ReadWorld
beforeAll(async () => {
  readWorld = await startReadWorld()
})
afterAll(() => readWorld.world.endpoint.stop())

const { judge } = createSchema()

function principalOf({ kind, id, rights, thirdParty }: Caller): Principal {
  if (kind === 'anonymous') return anonymous
  const members = { id, thirdParty, scopes: new Set(rights.map((right) => `notes:${right}`)) }
  return kind === 'service' ? sampleService(members) : sampleUser(members)
}

/** Relations name no type: each is judged at the objects of the type that its atoms read. */
function objectsOf({ stored }: ReadWorld, type: 'Note' | 'User') {
  const notes = stored.notes.map((note: NoteFacts) => ({ ...note, trashedAt: note.trashedAt ?? undefined }))
  return type === 'Note' ? notes : stored.people.map(({ key }: PersonFacts) => ({ id: key, ownerId: key, shares: {} }))
}

/** The atoms of a type that proofs assume facts about. */
const atoms: Readonly<Record<'Note' | 'User', Readonly<Record<string, Rule>>>> = {
  Note: { mine, editor: sharedAs('EDITOR'), viewer: sharedAs('VIEWER'), listed, trashed },
  User: { oneself },
}

function holding(principal: Principal, type: 'Note' | 'User', object: unknown): string {
  const names = Object.entries(atoms[type]).filter(([, rule]) => judge(rule, { principal }, object))
  return names.map(([name]) => name).join(' ') || 'nothing'
}

describe('each relation', () => {
  it.each(['Note', 'User'] as const)('holds for every caller at every stored %s', (type) => {
    const objects = objectsOf(readWorld, type)
    const broken = readWorld.world.callers.flatMap((caller) =>
      objects.flatMap((object) =>
        (knowledge.relations ?? []).filter((rule) => !judge(rule, { principal: principalOf(caller) }, object)),
      ),
    )
    expect(objects.length).toBeGreaterThan(3)
    expect(broken).toEqual([])
  })

  it('can be broken: by a note that is read without its trash', () => {
    const [person, at] = [sampleUser({ id: 'a' }), '2026-11-22T09:00:00.000Z']
    const shares = { a: { role: 'EDITOR', at } }
    const careless = object<{ shares: object }>('shared', (principal, note) => {
      return principal.kind !== 'anonymous' && Object.hasOwn(note.shares, principal.id)
    })
    const relation = not(and(careless, trashed))
    expect(judge(relation, { principal: person }, { ownerId: 'b', shares, trashedAt: undefined })).toBe(true)
    expect(judge(relation, { principal: person }, { ownerId: 'b', shares, trashedAt: at })).toBe(false)
  })
})

describe('what the relations permit', () => {
  const people = () => readWorld.world.callers.filter(({ kind }) => kind === 'person')
  const foundAt = (type: 'Note' | 'User') =>
    new Set(
      people().flatMap((caller) =>
        objectsOf(readWorld, type).map((object) => holding(principalOf(caller), type, object)),
      ),
    )

  it('is all found among the stored notes', () => {
    expect([...foundAt('Note')].sort()).toEqual([
      'editor listed',
      'listed trashed',
      'mine',
      'mine trashed',
      'nothing',
      'trashed',
      'viewer listed',
    ])
  })

  it('is all found among the stored people', () => {
    expect([...foundAt('User')].sort()).toEqual(['nothing', 'oneself'])
  })
})
