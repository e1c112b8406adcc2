/**
 * Every input of text that other people see: the same attacks are refused, and the same texts of many languages
 * accepted.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { act, done, type Mutation, seen, titles, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { Caller, GraphQLResponse, World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
let alice: Caller
let id: string
beforeAll(async () => {
  world = await newWorld()
  alice = world.someone('alice')
  id = (await written(alice)).id
})

/** Path of the argument, the mutation, and its input with the text at that path. */
const waysIn: readonly (readonly [argument: string, Mutation, (text: string) => object])[] = [
  ['input.title', 'createNote', (title) => ({ title })],
  ['input.tags.1', 'createNote', (tag) => ({ title: 'x', tags: ['x', tag] })],
  ['input.notes.1.title', 'createNotes', (title) => ({ notes: [{ title: 'x' }, { title }] })],
  ['input.notes.0.tags.0', 'createNotes', (tag) => ({ notes: [{ title: 'x', tags: [tag] }] })],
  ['input.title', 'updateNote', (title) => ({ id, title })],
  ['input.tags.0', 'updateNote', (tag) => ({ id, tags: [tag] })],
  ['input.name', 'updateProfile', (name) => ({ name })],
]

const attacks: readonly (readonly [string, string])[] = [
  ['a lone surrogate', 'secret\ud83d'],
  ['NUL', 'secret\u0000x'],
  ['a line separator', 'secret\u2028x'],
  ['an override', 'secret\u202ex'],
  ['an isolate', 'secret\u2066x'],
  ['a tag character', 'secret\u{E0041}'],
  ['a noncharacter', 'secret\ufdd0'],
  ['private use', 'secret\ue000'],
  ['an invisible text', '\u200b\u3164\u00ad'],
  ['an empty Braille cell', '\u2800'],
  ['Zalgo', `secret${'\u0316\u0301'.repeat(6)}`],
  ['a text of 1 MB', 'secret'.repeat(170_000)],
  ['marks of 480 kB, which take minutes to normalise', `secret${'\u0316\u0301'.repeat(120_000)}`],
]

/** Texts in NFC, which tags return unchanged. */
const legitimate = [
  'Zo\u00eb',
  'نمی\u200cدانم',
  'שפת C++\u200e',
  'हिन्दी',
  '葛\u{E0100}',
  '👩\u200d👩\u200d👧',
  '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
]

function refusalOf({ codes, errors }: GraphQLResponse) {
  return [codes, errors.map(({ originalError }) => originalError)]
}

describe.each(waysIn)('%s of %s', (argument, mutation, input) => {
  it.each(attacks)('refuses %s by its path, and does not quote it', async (_, text) => {
    const answer = await act(alice, mutation, input(text))
    expect(refusalOf(answer)).toMatchObject([['BAD_USER_INPUT'], [{ extensions: { argument } }]])
    expect(JSON.stringify(answer.errors)).not.toContain('secret')
  })
  it.each(legitimate)('takes %s', async (text) => {
    expect(JSON.stringify(await done(alice, mutation, input(text)))).toContain(text)
  })
})

describe('filter.tag', () => {
  const notes = '(filter: { tag: $tag }) { nodes { title } pageInfo { endCursor } }'
  const find = (tag: string) => alice.ask(`query ($tag: String) { notes${notes} }`, { tag })
  const empty = [
    ['nothing', ''],
    ['white space', ' \t '],
  ] as const
  it.each([...attacks, ...empty])('refuses %s by its path', async (_, tag) => {
    const answer = await find(tag)
    expect(refusalOf(answer)).toMatchObject([['BAD_USER_INPUT'], [{ extensions: { argument: 'filter.tag' } }]])
    expect(JSON.stringify(answer.errors)).not.toContain('secret')
  })
  it.each([...legitimate, 'x'.repeat(50)])('finds %s', async (tag) => {
    const { title } = await written(alice, { title: `tagged ${tag}`.slice(0, 60), tags: [tag] })
    const { data, codes } = await find(tag)
    expect([codes, data.notes.nodes[0]]).toEqual([[], { title }])
  })
  it('finds a tag in another normal form and between white space, and pages on in either', async () => {
    const bob = world.someone('bob')
    for (const title of ['1', '2']) await written(bob, { title, tags: ['caf\u00e9'] })
    for (const spelling of ['café', 'cafe\\u0301', '  cafe\\u0301 ']) {
      expect(await titles(bob, `notes(filter: { tag: "${spelling}" })`)).toEqual(['2', '1'])
    }
    const first = await bob.ask('{ notes(first: 1, filter: { tag: "caf\\u00e9" }) { pageInfo { endCursor } } }')
    const after = first.data.notes.pageInfo.endCursor
    expect(await titles(bob, `notes(after: "${after}", filter: { tag: " cafe\\u0301" })`)).toEqual(['1'])
  })
  it('finds a tag of 50 characters that has 200 units when it is decomposed', async () => {
    const tag = '\u1f82'.repeat(50)
    await written(world.someone('carol'), { title: 'wide', tags: [tag.normalize('NFD')] })
    const query = `query ($tag: String) { notes${notes} }`
    expect((await world.someone('carol').ask(query, { tag })).data.notes.nodes).toEqual([{ title: 'wide' }])
  })
})

describe('content', () => {
  it.each(['a\u0000b', 'a\u202eb', '\u2028', '\u200b', `z${'\u0301'.repeat(50)}`, '\ufdd0'])(
    'is the author’s own text of many lines, and is kept as it is: %j',
    async (content) => {
      const note = await written(alice, { content })
      expect((await seen(alice, note.id)).content).toBe(content)
    },
  )
})
