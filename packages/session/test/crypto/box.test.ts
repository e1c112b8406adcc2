import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { open, SealBroken, seal } from '../../src/crypto/box.ts'

const key = randomBytes(32)
const box = seal(key, 'a token', 'session 1')

/** The box with one bit changed at a place. */
function changed(at: number): Uint8Array {
  const copy = Uint8Array.from(box)
  copy.set([(copy.at(at) ?? 0) ^ 1], at < 0 ? copy.length + at : at)
  return copy
}

describe('seal', () => {
  it('opens with the same key and context', () => {
    expect(open(key, box, 'session 1')).toBe('a token')
    expect(open(key, seal(key, '', 'x'), 'x')).toBe('')
  })

  it('gives another box each time, and the text is in none', () => {
    const boxes = Array.from({ length: 100 }, () => Buffer.from(seal(key, 'a token', 'session 1')))
    expect(new Set(boxes.map((each) => each.toString('hex'))).size).toBe(100)
    expect(boxes.filter((each) => each.includes('a token'))).toEqual([])
  })
})

describe('a box does not open', () => {
  it.each([
    ['with another key', randomBytes(32), box, 'session 1'],
    ['of another session', key, box, 'session 2'],
    ['of another version', key, changed(0), 'session 1'],
    ['with another nonce', key, changed(1), 'session 1'],
    ['with changed contents', key, changed(13), 'session 1'],
    ['with another tag', key, changed(-1), 'session 1'],
    ['that is cut', key, box.subarray(0, -1), 'session 1'],
    ['that is too short for a tag', key, box.subarray(0, 28), 'session 1'],
    ['that is empty', key, new Uint8Array(), 'session 1'],
  ])('%s', (_name, with_, bytes, context) => {
    expect(() => open(with_, bytes, context)).toThrow(SealBroken)
  })
})
