/** Keys of the laptop's bucket: ids are base64url, and no key leaves the folder. */
import { describe, expect, it } from 'vitest'
import { isKey } from '../../src/exporter/folder-store.ts'

describe('a key', () => {
  it.each([
    ['exports/person/export/part-0-abc', true],
    ['exports/-person/-_export/archive--_x', true],
    ['exports/person/export', false],
    ['exports/person/export/a/b', false],
    ['exports/../../keys', false],
    ['exports/person/../keys', false],
    ['exports/person/export/.hidden', false],
    ['exports/person/export/a.json', false],
    ['/exports/person/export/a', false],
    ['exports/person/export/a\n', false],
    ['exports/person//a', false],
  ])('%j is accepted: %s', (key, accepted) => {
    expect(isKey(key)).toBe(accepted)
  })
})
