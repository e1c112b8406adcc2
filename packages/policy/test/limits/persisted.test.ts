import { describe, expect, it } from 'vitest'
import { listOperations, operationId, operationIn } from '../../src/limits/persisted.ts'
import { coded, thrownBy } from '../thrown.ts'

const list = listOperations(['{ a }', 'query B { b }'])
const idOf = operationId('{ a }')

describe('the list of operations', () => {
  it('names each by the SHA-256 of its exact text', () => {
    expect(idOf).toBe('1c7e1e347f726166b5b1c55afd61f278cc9b45e00c108ec33d540a566379811b')
    expect(Object.keys(list)).toEqual([operationId('{ a }'), operationId('query B { b }')].sort())
  })

  it('is the same whatever the order of the documents', () => {
    expect(JSON.stringify(listOperations(['query B { b }', '{ a }']))).toBe(JSON.stringify(list))
    const many = Array.from({ length: 20 }, (_, index) => `{ a${index} }`)
    expect(Object.keys(listOperations(many))).toEqual(many.map(operationId).sort())
  })

  it('returns the text of an operation by text, by id, or by both', () => {
    for (const requested of [{ source: '{ a }' }, { id: idOf }, { source: '{ a }', id: idOf }])
      expect(operationIn(list, requested)).toBe('{ a }')
  })

  const strangers: readonly [string, { source?: string; id?: string }][] = [
    ['an unknown text', { source: '{ b }' }],
    ['a listed text with a space more', { source: '{ a } ' }],
    ['an unknown id', { id: operationId('{ b }') }],
    ['an id with another text', { id: idOf, source: 'query B { b }' }],
    ['an id with an unlisted text', { id: idOf, source: '{ b }' }],
    ['a member of every object', { id: 'constructor' }],
    ['__proto__', { id: '__proto__' }],
    ['nothing', {}],
  ]
  it.each(strangers)('refuses %s', (_name, requested) => {
    const message = 'Only persisted operations are executed here.'
    expect(() => operationIn(list, requested)).toThrow(coded('FORBIDDEN', { message }))
  })

  it('has the reason for the log', () => {
    const reason = (requested: { source?: string; id?: string }, words: string) =>
      expect(thrownBy(() => operationIn(list, requested))).toMatchObject({ reason: words })
    reason({}, 'operation is not on the list')
    reason({ id: idOf, source: '{ b }' }, 'operation is not what its id names')
  })
})
