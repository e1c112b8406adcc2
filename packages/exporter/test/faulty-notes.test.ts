/** A fault of the endpoint at one value: where it passes the value is there, and where it lasts it is named. */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { expect, it } from 'vitest'
import { note, personOf, tokenFor } from './kit/far-side.ts'
import { filesOf, manifestOf } from './kit/read-archive.ts'
import { createWorld } from './kit/world.ts'

const { config } = accessTable()

function faultAt(...path: (string | number)[]) {
  return [{ path: ['changes', ...path], extensions: { code: 'INTERNAL' } }]
}

/** Exports two notes of which reads fail in this way, one list for each read of a page. */
async function exported(person: string, errors: object[][], first: object = {}) {
  const world = createWorld(config())
  Object.assign(world.far, { notes: [note('a', first), note('b')], errors })
  const token = await tokenFor(personOf(person))
  const post = async () => (await world.start().call('POST', '/exporter/exports', token)).body.status
  const status = await post()
  const again = async () => {
    expect(await post()).toBe('done')
    const files = await filesOf([...world.store.objects.values()][0] ?? new Uint8Array())
    return { files, absent: manifestOf(files).absent.filter(({ path }) => path !== 'me.sessions') }
  }
  return { status, pages: world.far.pages, archive: world.store.objects, again }
}

const content = faultAt('changes', 0, 'note', 'content')

it('a fault that passes is read again, and nothing is absent', async () => {
  const { status, pages, archive } = await exported('passes', [content])
  expect([status, pages]).toEqual(['done', [0, 0]])
  const files = await filesOf([...archive.values()][0] ?? new Uint8Array())
  expect(files.some(({ text }) => text.endsWith('# a\n'))).toBe(true)
  expect(manifestOf(files).absent).toEqual([{ path: 'me.sessions', code: 'FORBIDDEN' }])
})

it.each([
  ['of a field', content, { content: null }, { path: 'changes.changes.note.content', id: 'a' }, 3],
  [
    'of the role',
    faultAt('changes', 0, 'note', 'viewerRole'),
    { viewerRole: null },
    { path: 'changes.changes.note.viewerRole', id: 'a' },
    2,
  ],
])(
  'a fault %s that lasts is named with its note, and the others are there',
  async (what, errors, first, absent, count) => {
    const { status, archive } = await exported(`lasts${what.length}`, [errors, errors], first)
    expect(status).toBe('done')
    const files = await filesOf([...archive.values()][0] ?? new Uint8Array())
    expect(manifestOf(files).absent).toContainEqual({ ...absent, code: 'INTERNAL' })
    // The profile, and the notes whose role is known.
    expect(manifestOf(files).files).toHaveLength(count)
  },
)

it.each([
  ['the list', faultAt('changes')],
  ['the cursor', faultAt('cursor')],
  ['the whole', faultAt()],
])('a fault at %s is pending, and complete later: without it there is no next page', async (what, errors) => {
  const { status, again } = await exported(`root${what.length}`, [errors])
  expect(status).toBe('pending')
  const { files, absent } = await again()
  expect([files.length, absent]).toEqual([4, []])
})
