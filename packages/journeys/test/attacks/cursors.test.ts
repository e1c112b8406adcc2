/** A cursor is valid for one caller and one list only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, type Fixture, post, startFixture } from './fixture.ts'

let fixture: Fixture
let cursors: Readonly<Record<'notes' | 'trash' | 'created' | 'shared' | 'changes', string>>

const ends = `{
  notes { pageInfo { endCursor } }
  trash: notes(filter: { trashed: true }) { pageInfo { endCursor } }
  created: notes(orderBy: { field: CREATED_AT, direction: ASC }) { pageInfo { endCursor } }
  changes { cursor }
}`

beforeAll(async () => {
  fixture = await startFixture()
  const { data } = (await post(fixture, fixture.token('alice'), { query: ends })).body
  const bobs = (await post(fixture, fixture.token('bob'), { query: '{ sharedWithMe { pageInfo { endCursor } } }' }))
    .body.data
  const end = (page: { pageInfo: { endCursor: string } }) => page.pageInfo.endCursor
  const [notes, trash, created] = [data.notes, data.trash, data.created].map(end) as [string, string, string]
  cursors = { notes, trash, created, shared: end(bobs.sharedWithMe), changes: data.changes.cursor }
})
afterAll(() => fixture.endpoint.stop())

/** The cursor with one bit changed, counted from the start or from the end. */
function flipped(cursor: string, index: number): string {
  const bytes = Buffer.from(cursor, 'base64url')
  const at = bytes.at(index) ?? 0
  bytes.set([at ^ 1], index < 0 ? bytes.length + index : index)
  return bytes.toString('base64url')
}

type Row = readonly [attack: string, who: string, field: string, cursor: () => string]

const rows: readonly Row[] = [
  ["another's, of the same list", 'bob', 'notes(after: $c)', () => cursors.notes],
  ["another's, of the same list, backwards", 'bob', 'notes(before: $c)', () => cursors.notes],
  ["another's changes", 'bob', 'changes(since: $c)', () => cursors.changes],
  ['of another list', 'alice', 'sharedWithMe(after: $c)', () => cursors.notes],
  ['of shared notes in own notes', 'bob', 'notes(after: $c)', () => cursors.shared],
  ['of the trash', 'alice', 'notes(after: $c)', () => cursors.trash],
  ['of another order', 'alice', 'notes(after: $c)', () => cursors.created],
  ['of another filter', 'alice', 'notes(after: $c, filter: { pinned: true })', () => cursors.notes],
  ['of changes in a list', 'alice', 'notes(after: $c)', () => cursors.changes],
  ['of a list in changes', 'alice', 'changes(since: $c)', () => cursors.notes],
  ['changed at its front', 'alice', 'notes(after: $c)', () => flipped(cursors.notes, 0)],
  ['changed at its end', 'alice', 'notes(after: $c)', () => flipped(cursors.notes, -1)],
  ['changed, of changes', 'alice', 'changes(since: $c)', () => flipped(cursors.changes, -1)],
  ['cut', 'alice', 'notes(after: $c)', () => cursors.notes.slice(0, -3)],
  ['padded', 'alice', 'notes(after: $c)', () => `${cursors.notes}=`],
  ['made up', 'alice', 'notes(after: $c)', () => Buffer.from('NOTE#2026-11-22#x').toString('base64url')],
  ['empty', 'alice', 'notes(after: $c)', () => ''],
  ['20 KB long', 'alice', 'notes(after: $c)', () => 'A'.repeat(20_000)],
]

describe('a cursor', () => {
  it('continues its own list', async () => {
    const query = 'query ($c: String) { notes(after: $c) { nodes { id } } changes { hasMore } }'
    expect(codesOf(await post(fixture, fixture.token('alice'), { query, variables: { c: cursors.notes } }))).toEqual([])
  })

  it.each(rows)('is refused when it is %s', async (_attack, who, field, cursor) => {
    const selection = field.startsWith('changes') ? 'hasMore' : 'nodes { id }'
    const query = `query ($c: String) { ${field} { ${selection} } }`
    const answer = await post(fixture, fixture.token(who), { query, variables: { c: cursor() } })
    expect([codesOf(answer), Object.values(answer.body.data ?? {})]).toEqual([['BAD_USER_INPUT'], [null]])
    if (cursor()) expect(answer.text).not.toContain(cursor())
  })
})
