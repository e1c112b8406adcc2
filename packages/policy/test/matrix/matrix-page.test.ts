/** The page and the file as a whole: a small matrix with every kind of cell. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Matrix } from '../../src/matrix/matrix.ts'
import { script, style } from '../../src/matrix/matrix-page-assets.ts'
import { formatMatrix } from '../../src/matrix/matrix-text.ts'

const yes = { verdict: 'allow' } as const
const no = { verdict: 'deny', codes: ['FORBIDDEN'] } as const

const before: Matrix = {
  callers: ['alice, read', 'b<b'],
  rows: [
    { type: 'Query', field: 'me', rule: 'allow', cells: { 'alice, read': yes, 'b<b': yes } },
    { type: 'Note', field: 'old', rule: 'a & b', cells: { 'alice, read': yes, 'b<b': no } },
  ],
}

const after: Matrix = {
  callers: ['alice, read', 'b<b'],
  words: { mine: 'owner' },
  rows: [
    { type: 'Query', field: 'me', rule: 'signed in', cells: { 'alice, read': yes, 'b<b': no } },
    { type: 'Note', field: 'text', rule: 'mine', cells: { 'alice, read': { verdict: 'depends', on: 'mine' } } },
  ],
}

/** A page without its style and script, which the source contains as they are. */
function bare(text: string): string {
  return text.replace(style, 'STYLE').replace(script, 'SCRIPT')
}

function kept(file: string): string {
  return readFileSync(new URL(`pages/${file}`, import.meta.url), 'utf8')
}

describe('a matrix as a page and as a file', () => {
  it.each(['html', 'md'] as const)('is what pages/%s.txt keeps', (format) => {
    expect(bare(formatMatrix(after, format))).toBe(kept(`${format}.txt`))
  })

  it.each(['html', 'md'] as const)('is, beside another matrix, what pages/%s-changed.txt keeps', (format) => {
    expect(bare(formatMatrix(after, format, before))).toBe(kept(`${format}-changed.txt`))
  })
})
