import { describe, expect, it } from 'vitest'
import { differences } from '../src/compare.ts'

const refused = { data: { note: { id: '1', title: 'a', secret: null } }, errors: [{ path: ['note', 'secret'] }] }
const allowed = { data: { notes: [{ id: '1' }, { id: '2' }] } }

const different: readonly [string, object, object][] = [
  ['a refused field that is answered', refused, { ...refused, data: { note: { id: '1', title: 'a', secret: 'x' } } }],
  ['another value', refused, { ...refused, data: { note: { id: '1', title: 'b', secret: null } } }],
  ['a field too few', refused, { ...refused, data: { note: { id: '1', secret: null } } }],
  ['a field too many', refused, { ...refused, data: { note: { id: '1', title: 'a', secret: null, more: 1 } } }],
  ['a refusal without an error', refused, { data: refused.data }],
  ['an error elsewhere', refused, { ...refused, errors: [...refused.errors, { path: ['note', 'title'] }] }],
  ['an error in an allowed answer', allowed, { ...allowed, errors: [{ path: ['notes'] }] }],
  ['a shorter list', allowed, { data: { notes: [{ id: '1' }] } }],
  ['a longer list', allowed, { data: { notes: [{ id: '1' }, { id: '2' }, { id: '3' }] } }],
  ['another order', allowed, { data: { notes: [{ id: '2' }, { id: '1' }] } }],
  ['no data', allowed, { data: null }],
]

describe('differences', () => {
  it.each(different)('sees %s', (_name, expected, got) => {
    expect(differences(expected, got)).not.toEqual([])
  })

  it('takes a refused field that is left out', () => {
    expect(differences(refused, { ...refused, data: { note: { id: '1', title: 'a' } } })).toEqual([])
  })

  it('takes positions in paths as numbers, as text or as a placeholder', () => {
    const at = (step: number | string) => ({ data: { notes: [{ x: null }] }, errors: [{ path: ['notes', step, 'x'] }] })
    expect(differences(at(0), at('0'))).toEqual([])
    expect(differences(at(0), at('@'))).toEqual([])
  })
})
