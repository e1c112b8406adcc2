import { describe, expect, it } from 'vitest'
import { dateTime } from '../../src/resolvers/date-time.ts'

describe('DateTime', () => {
  it.each([
    ['2026-11-22T09:30:00Z', '2026-11-22T09:30:00.000Z'],
    ['2026-11-22T09:30:00.123456789Z', '2026-11-22T09:30:00.123Z'],
    ['2026-11-22T10:30:00+01:00', '2026-11-22T09:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
  ])('reads %s', (text, read) => expect(dateTime.parseValue(text)).toBe(read))

  it.each([
    '',
    'yesterday',
    '2026-11-22',
    '2026-11-22 09:30:00Z',
    '2026-11-22T09:30:00',
    '2026-02-30T00:00:00Z',
    '2026-11-00T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-22T25:00:00Z',
    '2026-11-22T09:30:00Z\n',
    '9999-12-31T23:59:59-23:59',
    '9999-12-31T23:00:00-01:00',
    '0000-01-01T00:00:00+00:01',
    1_700_000_000_000,
    null,
    {},
  ])('refuses %j without quoting it', (value) => {
    expect(() => dateTime.parseValue(value)).toThrow(
      /^A DateTime is an RFC 3339 instant such as 2026-11-22T09:30:00.000Z.$/,
    )
  })
})
