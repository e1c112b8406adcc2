/** Tokens of our own issuer at the running cloud: one person at every door, and what a third party may not do. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalIssuer } from '@fieldnotes/local/local-issuers'
import { importJWK, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { ask } from './support/graphql-client.ts'
import { tokenOf } from './support/local-cloud.ts'

const cloud = ephemeralCloud()

function own(...words: string[]): Promise<string> {
  return tokenOf(cloud, '--issuer', 'fieldnotes', '--as', 'alice', ...words)
}

async function idOf(token: string): Promise<string> {
  return (await ask(cloud.url, { token, query: '{ me { id } }' })).data.me.id
}

const profile = 'mutation { updateProfile(input: { renewHandle: true }) { me { id } } }'
const create = 'mutation { createNote(input: { title: "by an app" }) { note { id lastEditedWith } } }'

/** A row of `issuers.json`. */
function issuer(name: string): LocalIssuer {
  const { issuers } = JSON.parse(readFileSync(join(cloud.folder, 'issuers.json'), 'utf8')) as { issuers: LocalIssuer[] }
  const found = issuers.find((row) => row.name === name)
  if (!found) throw new Error(`no issuer ${name}`)
  return found
}

/** The claims of a valid token, signed by the key of `signer` under that key's own header. */
async function signedBy(signer: string, typ = 'at+jwt'): Promise<string> {
  const { privateJwk } = issuer(signer)
  const claims = JSON.parse(Buffer.from((await own()).split('.')[1] ?? '', 'base64url').toString())
  const { alg = '', kid = '' } = privateJwk
  return new SignJWT(claims).setProtectedHeader({ alg, kid, typ }).sign(await importJWK(privateJwk))
}

describe('a token of our own issuer', () => {
  it('is of the same person as that of Cognito, and of no other', async () => {
    const others = ['cognito', 'firebase'].flatMap((name) =>
      ['alice', 'bob'].map((person) => tokenOf(cloud, '--issuer', name, '--as', person)),
    )
    const [cognito, ...strangers] = await Promise.all((await Promise.all(others)).map(idOf))
    const id = await idOf(await own())
    expect(id).toBe(cognito)
    expect(strangers).not.toContain(id)
  })

  it('manages the account with an own client, and with no third party', async () => {
    const [terminal, assistant] = await Promise.all([own(), own('--claim', 'client_id=assistant')])
    expect((await ask(cloud.url, { token: terminal, query: profile })).codes).toEqual({})
    const refused = await ask(cloud.url, { token: assistant, query: profile })
    expect([refused.status, refused.codes]).toEqual([200, { updateProfile: 'FORBIDDEN' }])
    const scopes = 'notes:read notes:write notes:audit'
    const token = await own('--claim', 'client_id=assistant', '--scope', scopes)
    expect((await ask(cloud.url, { token, query: create })).data.createNote.note.lastEditedWith).toBe('assistant')
  })

  it('is never of a group', async () => {
    const email = '{ notes(first: 1) { nodes { sizeBytes } } }'
    const note = { query: create, token: await own() }
    await ask(cloud.url, note)
    const token = await own('--claim', 'groups=["staff","cognito:staff"]', '--claim', 'cognito:groups=["staff"]')
    expect((await ask(cloud.url, { token, query: email })).codes).toEqual({ 'notes.nodes.0.sizeBytes': 'FORBIDDEN' })
    const staff = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice', '--group', 'staff')
    expect((await ask(cloud.url, { token: staff, query: email })).codes).toEqual({})
  })

  it('is accepted when its own key signs it, and refused with another key or type', async () => {
    const query = '{ me { id } }'
    expect((await ask(cloud.url, { token: await signedBy('fieldnotes'), query })).status).toBe(200)
    for (const token of [
      await signedBy('cognito'),
      await signedBy('cognito', 'JWT'),
      await signedBy('firebase'),
      await signedBy('fieldnotes', 'JWT'),
    ]) {
      const { status, headers } = await ask(cloud.url, { token, query })
      expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')])
    }
  })

  it.each([
    'sub=alice',
    'sub=null',
    'aud=https://other.example',
    'aud=["a","b"]',
    'auth_time=null',
    'login_id=null',
    'login_id=a b',
    'jti=null',
    'client_id=null',
    'act={"sub":"d","act":{"sub":"c","act":{"sub":"b","act":{"sub":"a"}}}}',
    'cnf={"jkt":"x"}',
    'exp=null',
  ])('is refused with %s', async (claim) => {
    const token = await own('--claim', claim)
    expect((await ask(cloud.url, { token, query: '{ __typename }' })).status).toBe(401)
  })

  it('is logged with its actors and every id that revokes it, and is not itself in the log', async () => {
    const acts = '{"sub":"exporter","act":{"sub":"portal"}}'
    const token = await own('--claim', `act=${acts}`, '--claim', 'login_id=login-1', '--claim', 'jti=token-1')
    await ask(cloud.url, { token, query: 'query Delegated { me { id } }' })
    const line = (await cloud.printed()).split('\n').find((text) => text.includes('Delegated')) ?? ''
    const ids = { issuer: 'fieldnotes', clientId: 'terminal', loginId: 'login-1', tokenId: 'token-1' }
    expect(JSON.parse(line)).toMatchObject({ ...ids, via: 'bearer', thirdParty: false, actor: 'exporter portal' })
    for (const part of token.split('.')) expect(await cloud.printed()).not.toContain(part)
  })
})
