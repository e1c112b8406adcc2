/** The token command as a process. Its standard output is the contract. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { personId } from '@fieldnotes/identity/person-id'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { discovery } from '../src/issuers/discovery.ts'
import { issuersAt } from '../src/issuers/local-issuers.ts'
import { runCommand } from './run-command.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function tokenOf(words: string[], folder = temporaryFolder(), environment = {}): Promise<string> {
  const { status, out, err } = await runCommand('token.ts', [...words, '--data', folder], environment)
  expect(err).toBe('')
  expect(status).toBe(0)
  expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  return out.trim()
}

async function claimsOf(...words: string[]): Promise<JWTPayload> {
  return decodeJwt(await tokenOf(words))
}

const alice = ['--issuer', 'cognito', '--as', 'alice']
const own = ['--issuer', 'fieldnotes', '--as', 'alice']
const carol = ['--issuer', 'firebase', '--as', 'carol']

describe('token', () => {
  it.each([
    ['cognito', alice],
    ['firebase', carol],
    ['fieldnotes', own],
  ])('prints one token of %s that its public key verifies', async (name, words) => {
    const folder = temporaryFolder()
    const token = await tokenOf(words, folder, { PORT: '4999' })
    const keys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8'))
    const rows = issuersAt('http://127.0.0.1:4999', keys)
    const row = rows.find((each) => each.name === name)
    const jwks = discovery(rows).get(new URL(row?.jwksUri ?? '').pathname)
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks as never))
    expect(payload.iss).toBe(row?.issuer)
  })

  it('has the shape of a Cognito access token', async () => {
    const token = await tokenOf(alice)
    const claims = decodeJwt(token)
    expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(['alg', 'kid'])
    expect(claims).toMatchObject({
      iss: 'http://127.0.0.1:4000/cognito/eu-west-1_Local0001',
      token_use: 'access',
      version: 2,
      username: 'alice',
      scope: 'notes/read notes/write notes/share notes/trash',
      name: 'Alice',
      email_verified: true,
    })
    expect(claims.sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(claims).not.toHaveProperty('aud')
    expect(claims).not.toHaveProperty('cognito:groups')
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3600)
  })

  it('has the shape of a Firebase ID token', async () => {
    const claims = await claimsOf(...carol)
    expect(claims).toMatchObject({
      iss: 'http://127.0.0.1:4000/firebase/demo-fieldnotes',
      aud: 'demo-fieldnotes',
      user_id: claims.sub,
      email_verified: true,
      firebase: { sign_in_provider: 'password' },
    })
    expect(claims.sub).toMatch(/^[a-zA-Z0-9]{28}$/)
    for (const absent of ['scope', 'groups', 'client_id', 'token_use']) expect(claims).not.toHaveProperty(absent)
  })

  it('has the shape of an access token of our own issuer, for the person that Cognito has', async () => {
    const folder = temporaryFolder()
    const token = await tokenOf(own, folder, { PORT: '4999' })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) })
    const cognito = decodeJwt(await tokenOf(alice, folder, { PORT: '4999' }))
    const claims = decodeJwt(token)
    expect(claims).toEqual({
      iss: 'http://127.0.0.1:4999/oauth',
      sub: personId(String(cognito.iss), String(cognito.sub)),
      aud: 'http://127.0.0.1:4999/graphql',
      client_id: 'terminal',
      scope: 'notes:read notes:write notes:share notes:trash',
      auth_time: claims.iat,
      login_id: expect.any(String),
      iat: expect.any(Number),
      exp: Number(claims.iat) + 3600,
      jti: expect.any(String),
      name: cognito.name,
      email: cognito.email,
      email_verified: true,
    })
  })

  it('gives a person the same subject each time, and another at the other issuer and to another person', async () => {
    const subjects = await Promise.all(
      [alice, alice, carol, ['--issuer', 'firebase', '--as', 'alice'], ['--issuer', 'cognito', '--as', 'carol']].map(
        async (words) => (await claimsOf(...words)).sub,
      ),
    )
    expect(subjects[0]).toBe(subjects[1])
    expect(new Set(subjects).size).toBe(4)
  })

  it.each([
    [[...alice, '--scope', 'notes:read odd other:x'], { scope: 'notes/read odd other:x' }],
    [[...alice, '--scope', ''], { scope: '' }],
    [[...carol, '--scope', 'notes:read notes:write'], { scope: 'notes:read notes:write' }],
    [[...alice, '--group', 'staff', '--group', 'b'], { 'cognito:groups': ['staff', 'b'] }],
    [[...carol, '--group', 'staff'], { groups: ['staff'] }],
    [[...own, '--scope', 'notes:read other:x'], { scope: 'notes:read other:x' }],
    [[...own, '--claim', 'client_id=assistant'], { client_id: 'assistant' }],
    [
      [...alice, '--claim', 'a=1', '--claim', 'b={"c":[true]}', '--claim', 'd=e=f'],
      { a: 1, b: { c: [true] }, d: 'e=f' },
    ],
    [[...alice, '--claim', 'iss=https://evil.test', '--claim', 'exp=null'], { iss: 'https://evil.test', exp: null }],
  ])('signs the claims of its flags: %j', async (words, expected) => {
    expect(await claimsOf(...words)).toMatchObject(expected)
  })

  it.each([300, -60])('expires in %i seconds, after it was issued', async (seconds) => {
    const { exp = 0, iat = 0 } = await claimsOf(...alice, `--expires-in=${seconds}`)
    const now = Date.now() / 1000
    expect(exp - now).toBeGreaterThan(seconds - 30)
    expect(exp - now).toBeLessThanOrEqual(seconds)
    expect(iat).toBeLessThan(exp)
    expect(iat).toBeLessThanOrEqual(now)
  })

  it('keeps its keys for their owner alone, and uses them again', async () => {
    const folder = temporaryFolder()
    const kids = [await tokenOf(alice, folder), await tokenOf(alice, folder)].map((t) => decodeProtectedHeader(t).kid)
    expect(kids[0]).toBe(kids[1])
    expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600)
  })

  it('agrees on the keys when several make them at once', async () => {
    const folder = temporaryFolder()
    const tokens = await Promise.all([1, 2, 3].map(() => tokenOf(alice, folder)))
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1)
  })

  it('adds our own key to the keys of an older version, and keeps the others', async () => {
    const folder = temporaryFolder()
    await tokenOf(alice, folder)
    const file = join(folder, 'keys.json')
    const { fieldnotes: _added, ...older } = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify(older), { mode: 0o600 })
    const tokens = await Promise.all([own, own, own, alice].map((words) => tokenOf(words, folder)))
    const { fieldnotes, ...kept } = JSON.parse(readFileSync(file, 'utf8'))
    expect(kept).toEqual(older)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keys.json'])
    expect(tokens.map((token) => decodeProtectedHeader(token).kid)).toEqual([
      ...[1, 2, 3].map(() => fieldnotes.kid),
      older.cognito.kid,
    ])
  })

  it('refuses a key of our own issuer that is spoilt, or of another algorithm', async () => {
    const folder = temporaryFolder()
    await tokenOf(own, folder)
    const file = join(folder, 'keys.json')
    const keys = JSON.parse(readFileSync(file, 'utf8'))
    for (const fieldnotes of [null, {}, keys.cognito, { ...keys.fieldnotes, alg: 'RS256' }]) {
      writeFileSync(file, JSON.stringify({ ...keys, fieldnotes }))
      const { status, err } = await runCommand('token.ts', [...own, '--data', folder])
      expect([status, err]).toEqual([1, expect.stringMatching(/a key is missing or spoilt\. Delete it/)])
    }
  })

  it('explains itself', async () => {
    const { status, out } = await runCommand('token.ts', ['--help'])
    expect(status).toBe(0)
    expect(out).toContain('--expires-in')
  })

  it.each([
    [[], /--issuer takes cognito, firebase, or fieldnotes/],
    [['--issuer', 'cognito'], /--as takes a name/],
    [['--issuer', 'okta', '--as', 'alice'], /--issuer takes cognito, firebase, or fieldnotes/],
    [['--issuer', '__proto__', '--as', 'alice'], /--issuer takes cognito, firebase, or fieldnotes/],
    [['--issuer', 'cognito', '--as', ''], /--as takes a name/],
    [['--issuer', 'cognito', '--as', '../alice'], /--as takes a name/],
    [['--issuer', 'cognito', '--as', 'Alice Smith'], /--as takes a name/],
    [['--issuer', 'cognito', '--as'], /--as/],
    [[...own, '--group', 'staff'], /--group does not go with --issuer fieldnotes/],
    [[...alice, '--frobnicate'], /Unknown option '--frobnicate'/],
    [[...alice, 'stray'], /Unexpected argument 'stray'/],
    [[...alice, '--claim', 'novalue'], /--claim takes KEY=VALUE/],
    [[...alice, '--claim', '=v'], /--claim takes KEY=VALUE/],
    [[...alice, '--expires-in', 'soon'], /--expires-in takes whole seconds/],
    [[...alice, '--expires-in', '1e3'], /--expires-in takes whole seconds/],
    [[...alice, '--expires-in', ''], /--expires-in takes whole seconds/],
  ])('refuses %j in one line, with nothing on standard output', async (words, why) => {
    const { status, out, err } = await runCommand('token.ts', words)
    expect(status).toBe(1)
    expect(out).toBe('')
    expect(err).toMatch(/^fieldnotes: [^\n]+\n$/)
    expect(err).toMatch(why)
  })

  it('refuses a port that is none', async () => {
    const { status, err } = await runCommand('token.ts', [...alice, '--data', temporaryFolder()], { PORT: 'http' })
    expect(status).toBe(1)
    expect(err).toMatch(/PORT is "http"/)
  })

  it('refuses keys that it can not read, and says how to mend it', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'keys.json'), '{"cognito":')
    const { status, out, err } = await runCommand('token.ts', [...alice, '--data', folder])
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(/keys\.json can't be read: .*Delete it/)
  })

  it.each(['file', 'file/below'])('refuses a data folder that is a %s', async (path) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    const { status, out, err } = await runCommand('token.ts', [...alice, '--data', join(folder, path)])
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(/^fieldnotes: The data folder [^\n]+ can't be used: [^\n]+\n$/)
  })
})
