import { describe, expect, it } from 'vitest'
import { globalId, parseId, parseIdOf } from '../../src/notes/ids.ts'

const ulid = '01M817QNM2RP244YFGG2M1KK4K'
function base64url(text: string) {
  return Buffer.from(text).toString('base64url')
}

function codeOf(parse: () => unknown) {
  try {
    return parse()
  } catch (error) {
    return (error as { code: string }).code
  }
}

const nothings: readonly [string, string][] = [
  ['a bare ULID', ulid],
  ['an id of a type that is none', base64url(`Tag:${ulid}`)],
  ['a lower-case ULID', base64url(`Note:${ulid.toLowerCase()}`)],
  ['a ULID that is too short', base64url(`Note:${ulid.slice(1)}`)],
  ['a key that walks', base64url('Note:USER#bob')],
  ['a key with a newline behind it', base64url(`Note:${ulid}\n`)],
  ['no key', base64url('User:')],
  ['another spelling of the same bytes', `${globalId('Note', ulid).slice(0, -1)}t`],
  ['a letter in lower case', globalId('Note', ulid).toLowerCase()],
  ['the longest text that may be an id', 'A'.repeat(128)],
]

const impossible: readonly [string, string][] = [
  ['nothing', ''],
  ['a hash', '#'],
  ['a blank', 'a b'],
  ['padding', `${globalId('Note', ulid)}=`],
  ['base64 of the other alphabet', 'ab+/'],
  ['look-alike letters', 'Тm90ZT'],
  ['129 characters', 'A'.repeat(129)],
  ['2 KB', 'A'.repeat(2048)],
]

describe('parseId', () => {
  it('reads what globalId wrote', () => {
    expect(parseId(globalId('Note', ulid), 'id')).toEqual({ type: 'Note', key: ulid })
    expect(parseId(globalId('User', 'a-_9'), 'id')).toEqual({ type: 'User', key: 'a-_9' })
  })
  it.each(nothings)('finds that %s names nothing', (_, id) => {
    expect(codeOf(() => parseId(id, 'id'))).toBe('NOT_FOUND')
  })
  it.each(impossible)('refuses %s as an argument, by its path and without quoting it', (_, id) => {
    const error = expect(() => parseId(id, 'input.id'))
    error.toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        extensions: expect.objectContaining({ argument: 'input.id' }),
      }),
    )
    if (id) error.not.toThrow(expect.objectContaining({ message: expect.stringContaining(id) }))
  })
})

describe('parseIdOf', () => {
  it('finds that an id of another type names nothing', () => {
    expect(codeOf(() => parseIdOf('Note', globalId('User', 'bob'), 'id'))).toBe('NOT_FOUND')
  })
})
