/** Keys of an older data folder, and the file by which several processes agree on the added one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeys, keysOf } from '../src/issuers/signing-keys.ts'
import { UsageError } from '../src/usage-error.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A data folder without a key of our own issuer, with `offer` beside its keys. */
async function olderFolder(offer: unknown) {
  const folder = temporaryFolder()
  const { fieldnotes, ...older } = await createKeys()
  const files = { keys: join(folder, 'keys.json'), offer: join(folder, 'keys.json.offer') }
  writeFileSync(files.keys, JSON.stringify(older))
  if (offer !== undefined) writeFileSync(files.offer, JSON.stringify(offer))
  return { folder, files, older, another: fieldnotes }
}

describe('keysOf a folder without a key of our own issuer', () => {
  it('adds one, keeps the others, and returns the same ones again', async () => {
    const { folder, files, older } = await olderFolder(undefined)
    const keys = await keysOf(folder)
    expect(keys).toMatchObject(older)
    expect([await keysOf(folder), existsSync(files.offer)]).toEqual([keys, false])
  })

  it('takes the key that another process offered', async () => {
    const { fieldnotes: offered } = await createKeys()
    const { folder } = await olderFolder(offered)
    expect((await keysOf(folder)).fieldnotes).toEqual(offered)
  })

  it.each([
    ['null', async () => null],
    ['an object without members', async () => ({})],
    ['a key of another algorithm', async () => (await createKeys()).cognito],
    ['a public key', async () => ({ ...(await createKeys()).fieldnotes, d: undefined })],
    ['a key without an id', async () => ({ ...(await createKeys()).fieldnotes, kid: undefined })],
  ])('refuses a spoilt offer, and leaves the keys as they are: %s', async (_what, offer) => {
    const { folder, files } = await olderFolder(await offer())
    const before = readFileSync(files.keys, 'utf8')
    await expect(keysOf(folder)).rejects.toThrow(UsageError)
    await expect(keysOf(folder)).rejects.toThrow(/keys\.json\.offer can't be read\. Delete it/)
    expect(readFileSync(files.keys, 'utf8')).toBe(before)
  })
})
