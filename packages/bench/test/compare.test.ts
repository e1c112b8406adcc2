import { describe, expect, it } from 'vitest'
import { differences, type Liberties } from '../src/contract/compare.ts'
import type { GraphQLResponse, ResponseError } from '../src/contract/peer.ts'

function refusedAt(path: (string | number)[], code = 'FORBIDDEN'): ResponseError {
  return { path, extensions: { code } }
}

function bodyOf(index: number | string) {
  return refusedAt(['notes', index, 'body'])
}

/** A list in which the first two of three items are refused. */
const list: GraphQLResponse = {
  status: 200,
  data: { notes: [{ body: null }, { body: null }, { body: 'c', tags: ['x', 'y'] }], next: null },
  errors: [bodyOf(0), bodyOf(1)],
}

const allowed: GraphQLResponse = { status: 200, data: { notes: [{ id: '1' }, { id: '2' }], tags: [] } }

function notes(...items: object[]): GraphQLResponse {
  return { ...list, data: { notes: items, next: null } }
}
function errors(...those: ResponseError[]): GraphQLResponse {
  return { ...list, errors: those }
}
const [first, second, third] = [{ body: null }, { body: null }, { body: 'c', tags: ['x', 'y'] }]

const different: readonly [string, GraphQLResponse, GraphQLResponse, string][] = [
  ['a refused field that is answered', list, notes({ body: 'a' }, second, third), 'data.notes.0.body leaks'],
  ['another value', list, notes(first, second, { ...third, body: 'd' }), 'data.notes.2.body is "d"'],
  ['null instead of a value', list, notes(first, second, { ...third, body: null }), 'data.notes.2.body is null'],
  ['a field too few', list, notes(first, second, { body: 'c' }), 'data.notes.2.tags is absent'],
  ['a field too many', list, notes(first, second, { ...third, id: 1 }), 'data.notes.2.id is too much'],
  ['a refused field that is left out', list, notes({}, second, third), 'data.notes.0.body is absent'],
  ['null that is left out', list, { ...list, data: { notes: [first, second, third] } }, 'data.next is absent'],
  ['a shorter list', list, notes(first, second), 'data.notes.2 is absent'],
  ['a longer list', list, notes(first, second, third, third), 'data.notes.3 is too much'],
  ['another order', list, notes(first, third, second), 'data.notes.1.body leaks'],
  ['another order of texts', list, notes(first, second, { ...third, tags: ['y', 'x'] }), 'data.notes.2.tags.0 is "y"'],
  [
    'a number as text',
    allowed,
    { ...allowed, data: { notes: [{ id: 1 }, { id: '2' }], tags: [] } },
    'data.notes.0.id is 1',
  ],
  [
    'an object for a list',
    allowed,
    { ...allowed, data: { notes: [{ id: '1' }, { id: '2' }], tags: {} } },
    'data.tags is {}',
  ],
  ['no data', allowed, { ...allowed, data: null }, 'data is null'],
  ['data left out', allowed, { status: 200 }, 'data is absent'],
  ['data where all is refused', { data: null }, { data: {} }, 'data leaks'],
  [
    'something beside data',
    allowed,
    { ...allowed, extensions: { secret: 1 } } as GraphQLResponse,
    'extensions is too much',
  ],
  ['no errors', list, errors(), 'no error at ["notes",0,"body"]'],
  ['one of several errors missing', list, errors(bodyOf(0)), 'no error at ["notes",1,"body"]'],
  ['an error at the wrong item', list, errors(bodyOf(0), bodyOf(2)), 'unexpected error at ["notes",2,"body"]'],
  ['the right item without its error', list, errors(bodyOf(0), bodyOf(2)), 'no error at ["notes",1,"body"]'],
  ['an error twice', list, errors(bodyOf(0), bodyOf(1), bodyOf(1)), 'unexpected error at ["notes",1,"body"]'],
  ['an error more', list, errors(bodyOf(0), bodyOf(1), refusedAt(['next'])), 'unexpected error at ["next"]'],
  [
    'an error in an allowed answer',
    allowed,
    { ...allowed, errors: [refusedAt(['notes'])] },
    'unexpected error at ["notes"]',
  ],
  ['an error without a place', list, errors(bodyOf(0), bodyOf(1), {}), 'unexpected error at []'],
  ['a position as text', list, errors(bodyOf(0), bodyOf('1')), 'unexpected error at ["notes","1","body"]'],
  ['a position left out', list, errors(bodyOf(0), refusedAt(['notes', 'body'])), 'no error at ["notes",1,"body"]'],
  [
    'another code',
    list,
    errors(bodyOf(0), refusedAt(['notes', 1, 'body'], 'NOT_FOUND')),
    '["notes",1,"body"] is refused as NOT_FOUND instead of FORBIDDEN',
  ],
  [
    'no code',
    list,
    errors(bodyOf(0), { path: ['notes', 1, 'body'] }),
    '["notes",1,"body"] is refused as none instead of FORBIDDEN',
  ],
  ['another status', list, { ...list, status: 401 }, 'the status is 401 instead of 200'],
  ['no status', allowed, { data: allowed.data }, 'the status is undefined instead of 200'],
]

/** Answers that only one liberty accepts. */
const granted: readonly [string, Liberties, GraphQLResponse][] = [
  [
    'refusals ahead of execution',
    { refusesAhead: true },
    { ...notes({}, {}, third), errors: [refusedAt(['notes', 'body'])] },
  ],
  ['positions as text', { textPositions: true }, errors(bodyOf('0'), bodyOf('1'))],
  ['codes of its own', { codes: ['OWN'] }, errors(refusedAt(['notes', 0, 'body'], 'OWN'), bodyOf(1))],
  ['errors without codes', { codes: ['none'] }, errors({ path: ['notes', 0, 'body'] }, { path: ['notes', 1, 'body'] })],
  ['a status of its own', { status: 401 }, { ...list, status: 401 }],
]

/** Answers that all liberties together do not accept. */
const every: Liberties = { refusesAhead: true, textPositions: true, codes: ['OWN', 'none'], status: 401 }
const ahead: GraphQLResponse = {
  status: 401,
  data: { notes: [{}, {}, third] },
  errors: [refusedAt(['notes', 'body'], 'OWN')],
}

const beyond: readonly [string, GraphQLResponse, GraphQLResponse][] = [
  ['a refused field that is answered', list, { ...ahead, data: { notes: [{ body: 'a' }, {}, third] } }],
  ['a value left out', list, { ...ahead, data: { notes: [{}, {}, { tags: ['x', 'y'] }] } }],
  ['an item left out', list, { ...ahead, data: { notes: [{}, third] } }],
  ['no errors', list, { ...ahead, errors: [] }],
  ['an error twice', list, { ...ahead, errors: [...(ahead.errors ?? []), ...(ahead.errors ?? [])] }],
  ['an error elsewhere', list, { ...ahead, errors: [refusedAt(['notes', 'tags'], 'OWN')] }],
  ['a third code', list, { ...ahead, errors: [refusedAt(['notes', 'body'], 'THIRD')] }],
  ['a third status', list, { ...ahead, status: 500 }],
  ['its status where nothing is refused', allowed, { ...allowed, status: 401 }],
]

describe('differences', () => {
  it.each(different)('sees %s', (_name, expected, got, difference) => {
    expect(differences(expected, got)).toContain(difference)
  })

  it('sees none between equal answers, whatever the order of errors and members', () => {
    expect(differences(list, structuredClone(list))).toEqual([])
    expect(differences(list, errors(bodyOf(1), bodyOf(0)))).toEqual([])
    expect(differences(list, notes(first, second, { tags: ['x', 'y'], body: 'c' }))).toEqual([])
  })

  it.each(granted)('accepts %s only from peers with that liberty', (_name, liberties, got) => {
    expect(differences(list, got, liberties)).toEqual([])
    expect(differences(list, got)).not.toEqual([])
  })

  it('accepts all liberties together, and needs none where nothing is refused', () => {
    expect(differences(list, ahead, every)).toEqual([])
    expect(differences(allowed, allowed, every)).toEqual([])
  })

  it.each(beyond)('accepts %s with no liberty', (_name, expected, got) => {
    expect(differences(expected, got, every)).not.toEqual([])
  })
})
