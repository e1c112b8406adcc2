import { describe, expect, it } from 'vitest'
import { isPersonId, personId } from '../../src/principal/person-id.ts'

const id = personId('https://auth.example.com', 'alice')
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The texts that decode to the same 20 bytes: the last character has two unused bits. */
function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'base64url')
  const texts = [...alphabet].map((last) => text.slice(0, -1) + last)
  return texts.filter((other) => Buffer.from(other, 'base64url').equals(bytes))
}

describe('the id of a person', () => {
  it('is one text for 20 bytes: the three other spellings are no ids', () => {
    const texts = spellings(id)
    expect(texts).toHaveLength(4)
    expect(texts.filter(isPersonId)).toEqual([id])
  })

  it('is the id of each pair of issuer and subject', () => {
    for (let i = 0; i < 200; i += 1) expect(isPersonId(personId('https://auth.example.com', `person-${i}`))).toBe(true)
  })

  it.each([undefined, null, 27, [id], '', id.slice(1), `${id}A`, `${id}\n`, `${id.slice(1)}=`, `${id.slice(2)}+A`])(
    'is not %j',
    (value) => {
      expect(isPersonId(value)).toBe(false)
    },
  )
})
