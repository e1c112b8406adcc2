/** Inputs that set more than they may: no item is written, and the error names the reason without echoing values. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idOf } from '../decisions/kit/facts.ts'
import { handleOf, mutation } from '../decisions/kit/world.ts'
import { codesOf, type Fixture, internals, post, startFixture, stored } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.endpoint.stop())

type Input = (fixture: Fixture) => object | Promise<object>
type Row = readonly [attack: string, code: string, who: string, mutation: string, input: Input]

const title = 'a title of the attacker'
function shared({ furniture }: Fixture) {
  return { id: furniture.shared }
}
function alone({ furniture }: Fixture) {
  return { id: furniture.alone }
}
function sharing(who: string, role: string): Input {
  return async (fixture) => ({ ...alone(fixture), handle: await handleOf(fixture.world, who), role })
}

const extras = [
  'ownerId',
  'owner',
  'id',
  'version',
  'createdAt',
  'updatedAt',
  'trashedAt',
  'shares',
  'lastEditedWith',
  'pk',
  '__proto__',
]
const extraRows = extras.flatMap((member): Row[] => {
  const extra = JSON.parse(`{${JSON.stringify(member)}: "x"}`)
  const created: Row = [`create it with ${member}`, 'BAD_USER_INPUT', 'bob', 'createNote', () => ({ title, ...extra })]
  if (['id', 'version'].includes(member)) return [created]
  return [
    created,
    [`update it with ${member}`, 'BAD_USER_INPUT', 'alice', 'updateNote', (g) => ({ ...alone(g), title, ...extra })],
  ]
})

/** Characters that no text which other people see may contain. */
const unfit: Readonly<Record<string, string>> = {
  'half a character': 'x\ud800',
  NUL: 'x\u0000',
  'a line separator': 'x\u2028y',
  'an override': '\u202ex',
  'hidden letters': 'x\u{E0041}',
  'nothing to see': '\u200b\u3164',
  'marks without end': `x${'\u0316\u0301'.repeat(50_000)}`,
}

const rows: readonly Row[] = [
  ...extraRows,
  ['update it as a viewer', 'FORBIDDEN', 'bob', 'updateNote', (g) => ({ ...shared(g), title })],
  ['update it as an anonymous caller', 'UNAUTHENTICATED', '', 'updateNote', (g) => ({ ...shared(g), title })],
  ['update it as a stranger', 'NOT_FOUND', 'carol', 'updateNote', (g) => ({ ...shared(g), title })],
  ['trash it as an editor', 'FORBIDDEN', 'dave', 'trashNote', shared],
  ['delete it as an editor', 'FORBIDDEN', 'dave', 'deleteNote', shared],
  ['restore what is in the trash of another', 'NOT_FOUND', 'dave', 'restoreNote', (g) => ({ id: g.furniture.trashed })],
  ['purge what is in the trash of another', 'NOT_FOUND', 'bob', 'deleteNote', (g) => ({ id: g.furniture.trashed })],
  [
    'share it as a viewer',
    'FORBIDDEN',
    'bob',
    'shareNote',
    async (g) => ({
      ...shared(g),
      handle: await handleOf(g.world, 'carol'),
      role: 'EDITOR',
    }),
  ],
  [
    'make oneself an editor',
    'FORBIDDEN',
    'bob',
    'shareNote',
    async (g) => ({
      ...shared(g),
      handle: await handleOf(g.world, 'bob'),
      role: 'EDITOR',
    }),
  ],
  ['share it with oneself', 'BAD_USER_INPUT', 'alice', 'shareNote', sharing('alice', 'VIEWER')],
  [
    'share it with an unknown handle',
    'BAD_USER_INPUT',
    'alice',
    'shareNote',
    (g) => ({ ...alone(g), handle: 'ABCDEFGHJKMNPQRSTVWX', role: 'VIEWER' }),
  ],
  [
    'share it with no handle',
    'BAD_USER_INPUT',
    'alice',
    'shareNote',
    (g) => ({ ...alone(g), handle: '', role: 'VIEWER' }),
  ],
  [
    'share it with a key of the table',
    'BAD_USER_INPUT',
    'alice',
    'shareNote',
    (g) => ({ ...alone(g), handle: 'HANDLE#x', role: 'VIEWER' }),
  ],
  [
    'share it with an id',
    'BAD_USER_INPUT',
    'alice',
    'shareNote',
    (g) => ({ ...alone(g), handle: g.world.person('bob').id, role: 'VIEWER' }),
  ],
  ['make an owner', 'BAD_USER_INPUT', 'alice', 'shareNote', sharing('bob', 'OWNER')],
  [
    'unshare the owner as an editor',
    'FORBIDDEN',
    'dave',
    'unshareNote',
    (g) => ({
      ...shared(g),
      personId: idOf('User', g.world.person('alice').id),
    }),
  ],
  ['leave as the owner', 'FORBIDDEN', 'alice', 'leaveNote', shared],
  ['update it at an older version', 'CONFLICT', 'alice', 'updateNote', (g) => ({ ...shared(g), title, version: 1 })],
  ['update it at a version to come', 'CONFLICT', 'dave', 'updateNote', (g) => ({ ...shared(g), title, version: 999 })],
  ['write a title of two lines', 'BAD_USER_INPUT', 'alice', 'updateNote', (g) => ({ ...alone(g), title: 'one\ntwo' })],
  ...[...Object.entries(unfit)].flatMap(([what, text]): Row[] => [
    [`write a title with ${what}`, 'BAD_USER_INPUT', 'alice', 'updateNote', (g) => ({ ...alone(g), title: text })],
    [`write a tag with ${what}`, 'BAD_USER_INPUT', 'alice', 'createNote', () => ({ title, tags: [text] })],
    [`go by a name with ${what}`, 'BAD_USER_INPUT', 'alice', 'updateProfile', () => ({ name: text })],
  ]),
  ['write half a character', 'BAD_USER_INPUT', 'alice', 'createNote', () => ({ title, content: 'x\ud800' })],
  ['write a title of nothing', 'BAD_USER_INPUT', 'alice', 'createNote', () => ({ title: ' ' })],
  [
    'write more than 100,000 bytes',
    'BAD_USER_INPUT',
    'alice',
    'createNote',
    () => ({ title, content: 'é'.repeat(50_001) }),
  ],
  ['write 26 notes at once', 'BAD_USER_INPUT', 'alice', 'createNotes', () => ({ notes: Array(26).fill({ title }) })],
  ['write no note at once', 'BAD_USER_INPUT', 'alice', 'createNotes', () => ({ notes: [] })],
  ['use a key with blanks', 'BAD_USER_INPUT', 'alice', 'createNote', () => ({ title, idempotencyKey: 'a b' })],
]

describe('no caller can', () => {
  it.each(rows)('%s', async (_attack, code, who, name, input) => {
    const variables = { input: await input(fixture) }
    const { answer, written } = await stored(fixture, () =>
      post(fixture, fixture.token(who), { query: mutation(name), variables }),
    )
    expect([codesOf(answer), written]).toEqual([[code], []])
    expect(answer.text).not.toMatch(internals)
    expect(answer.text).not.toContain(title)
  })

  it('write with 50 mutations in one document', async () => {
    const one = (at: number) => `m${at}: createNote(input: { title: "x" }) { note { id } }`
    const query = `mutation { ${Array.from({ length: 50 }, (_, at) => one(at)).join(' ')} }`
    const { answer, written } = await stored(fixture, () => post(fixture, fixture.token('alice'), { query }))
    expect([codesOf(answer), answer.status, written]).toEqual([['LIMIT_EXCEEDED'], 400, []])
  })
})
