import { describe, expect, it } from 'vitest'
import { cellWords, directionOf, meaningOf, shortened } from '../../src/matrix/cell-words.ts'
import type { Cell } from '../../src/matrix/matrix.ts'

const yes: Cell = { verdict: 'allow' }
const no: Cell = { verdict: 'deny', codes: ['FORBIDDEN'] }

function depends(on: string): Cell {
  return { verdict: 'depends', on }
}

describe('a cell in words', () => {
  it.each<[Cell | undefined, string, string]>([
    [undefined, 'absent', 'is not in this matrix'],
    [yes, 'yes', 'may, always'],
    [no, 'no', 'may not (FORBIDDEN)'],
    [{ verdict: 'deny', codes: ['UNAUTHENTICATED'] }, 'sign in', 'must sign in first (UNAUTHENTICATED)'],
    [{ verdict: 'deny', codes: ['UNAVAILABLE'] }, 'undecidable', 'no decision: the rule fails (UNAVAILABLE)'],
    [
      { verdict: 'deny', codes: ['FORBIDDEN', 'NOT_FOUND'] },
      'no or not found',
      'may not (FORBIDDEN), or gets the same answer as for what does not exist (NOT_FOUND)',
    ],
    [depends('mine'), 'if mine', 'may if mine'],
  ])('%j is %s: %s', (cell, words, meaning) => {
    expect([cellWords(cell), meaningOf(cell)]).toEqual([words, meaning])
  })
})

describe('the short words of a cell', () => {
  const words = { 'mine or shared as editor': 'reader', mine: 'owner' }

  it.each([
    ['yes', 'yes'],
    ['no or not found', 'no or not found'],
    ['if mine or shared as editor', 'if reader'],
    ['if mine', 'if owner'],
    ['if sixteen letters', 'if sixteen letters'],
    ['if seventeen letters', 'if seventeen lette…'],
    ['if mine or shared with', 'if mine or shared…'],
    ['if toString', 'if toString'],
  ])('of %s are %s', (whole, short) => {
    expect(shortened(whole, words)).toBe(short)
  })

  it('are the beginning without a table', () => {
    expect(shortened('if mine or shared as editor')).toBe('if mine or shared…')
  })
})

describe('the direction of a change', () => {
  it.each<[Cell | undefined, Cell | undefined, string]>([
    [no, depends('mine'), 'wider'],
    [no, yes, 'wider'],
    [undefined, yes, 'wider'],
    [depends('mine'), yes, 'wider'],
    [yes, depends('mine'), 'narrower'],
    [depends('mine'), no, 'narrower'],
    [yes, undefined, 'narrower'],
    [depends('mine'), depends('shared'), 'other'],
    [no, { verdict: 'deny', codes: ['NOT_FOUND'] }, 'other'],
  ])('from %j to %j is %s', (before, after, direction) => {
    expect(directionOf(before, after)).toBe(direction)
  })
})
