/** `firebase.json`: what survives a restart, and what happens when it can't be read. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { alice, dora, seeded, seededFolder, startFirebase } from './firebase-world.ts'

function fileOf(folder: string): string {
  return join(folder, 'firebase.json')
}

const whole = JSON.parse(seeded).accounts[0]

/** Members that a program would stumble over later, each in an account that is whole otherwise. */
const damages: readonly (readonly [string, object])[] = [
  ['a hash of another kind', { password: 'scrypt$x' }],
  ['a hash of another cost', { password: whole.password.replace('scrypt-32768', 'scrypt-3') }],
  ['a hash that costs gigabytes', { password: whole.password.replace('scrypt-32768', 'scrypt-4194304') }],
  ['a short hash', { password: whole.password.slice(0, -1) }],
  ['an address that is a number', { email: 5 }],
  ['no mark of a verified address', { emailVerified: undefined }],
  ['claims that are no JSON', { customAttributes: '{' }],
  ['claims of the token itself', { customAttributes: '{"sub":"x"}' }],
  ['a link without an id', { google: {} }],
  ['a time that is a text', { validSince: '0' }],
  ['no epoch', { epoch: undefined }],
]

describe('the data folder', () => {
  it('keeps accounts, passwords and refresh tokens over a restart', async () => {
    const folder = seededFolder()
    const first = await startFirebase(folder)
    const { refreshToken, localId } = (await first.call('signUp', dora)).body
    await first.stop()
    const second = await startFirebase(folder)
    expect((await second.call('signInWithPassword', dora)).body.localId).toBe(localId)
    expect((await second.refresh(refreshToken)).body.user_id).toBe(localId)
  })

  it('of an earlier version, without the file, gets alice, bob and carol at the first request', async () => {
    const folder = temporaryFolder()
    const { call, request } = await startFirebase(folder)
    expect((await request('/graphql')).status).toBe(418)
    expect(existsSync(fileOf(folder))).toBe(false)
    expect((await call('signInWithPassword', alice)).status).toBe(200)
    expect(statSync(fileOf(folder)).mode & 0o777).toBe(0o600)
  })

  it('contains no password', async () => {
    const folder = seededFolder()
    await (await startFirebase(folder)).call('signUp', dora)
    const text = readFileSync(fileOf(folder), 'utf8')
    expect(text).toContain('scrypt-32768-8-1$')
    expect(text).not.toMatch(/fieldnotes-alice|correct horse/)
  })

  it.each<readonly [string, string]>([
    ['no JSON', '{"refreshSecret":"swordfish'],
    ['a later version', '{"version":2,"accounts":[]}'],
    ['an account without id', JSON.stringify({ version: 1, refreshSecret: 'x'.repeat(43), accounts: [{}] })],
    ['a short key', JSON.stringify({ version: 1, refreshSecret: 'x', accounts: [] })],
    ['null', 'null'],
    ...damages.map(
      ([name, more]) =>
        [
          name,
          JSON.stringify({ version: 1, refreshSecret: 'x'.repeat(43), accounts: [{ ...whole, ...more }] }),
        ] as const,
    ),
  ])('with %s is refused, is not overwritten, and works again once it is deleted', async (_name, text) => {
    const folder = temporaryFolder()
    writeFileSync(fileOf(folder), text)
    const { call, logged } = await startFirebase(folder)
    const { status, message } = await call('signInWithPassword', alice)
    expect([status, message]).toEqual([503, expect.stringContaining("firebase.json can't be read")])
    expect(JSON.stringify([message, logged])).not.toContain('swordfish')
    expect(logged).toHaveLength(1)
    expect(readFileSync(fileOf(folder), 'utf8')).toBe(text)
    writeFileSync(fileOf(folder), readFileSync(fileOf(seededFolder())))
    expect((await call('signInWithPassword', alice)).status).toBe(200)
  })
})
