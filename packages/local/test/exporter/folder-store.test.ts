/** The laptop's bucket: ids are base64url, no key leaves the folder, and exports at the same time spoil nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFolderStore, isKey } from '../../src/exporter/folder-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-archives-'))
afterAll(() => rmSync(folder, { recursive: true }))

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

describe('a store', () => {
  it('removes parts of one export while those of another one are written', async () => {
    const store = createFolderStore(folder, () => 'https://link.example.com/')
    const round = async (number: number) => {
      const keys = Array.from({ length: 20 }, (_, part) => `exports/person/export-${number}/part-${part}`)
      await Promise.all(keys.map((key) => store.put(key, new Uint8Array(1))))
      await store.remove(keys)
      return keys.map((key) => store.read(key))
    }
    const left = await Promise.all(Array.from({ length: 10 }, (_, number) => round(number)))
    expect(await Promise.all(left.flat())).toEqual(Array(200).fill(undefined))
  })
})
