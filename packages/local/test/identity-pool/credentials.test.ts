import { credentialSecondsMax, idTokenSecondsMax } from '@fieldnotes/identity/signed-requests'
import { describe, expect, it } from 'vitest'
import { createCredentials, credentialSeconds } from '../../src/identity-pool/credentials.ts'
import { tokenSeconds } from '../../src/pool/token-contents.ts'

const holder = { identityId: 'eu-west-1:1', subject: 'alice' }

describe('createCredentials', () => {
  it('gives credentials that end after an hour', () => {
    const clock = { now: 1_800_000_000_000 }
    const { issue, findSigner } = createCredentials('secret', () => clock.now)
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = issue(holder)
    expect(expiresAt).toBe(1_800_003_600)
    clock.now += 3_599_999
    expect(findSigner(accessKeyId, sessionToken)).toMatchObject({ secretAccessKey, sessionToken })
    clock.now += 1
    expect(findSigner(accessKeyId, sessionToken)).toBeUndefined()
  })

  it('knows no token of another folder, of another key, or with a changed member', () => {
    const clock = () => 1_800_000_000_000
    const { issue, findSigner } = createCredentials('secret', clock)
    const { accessKeyId, sessionToken } = issue(holder)
    expect(createCredentials('another', clock).findSigner(accessKeyId, sessionToken)).toBeUndefined()
    expect(findSigner(issue(holder).accessKeyId, sessionToken)).toBeUndefined()
    const [payload = '', code] = sessionToken.split('.')
    const contents = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const later = Buffer.from(JSON.stringify({ ...contents, expiresAt: contents.expiresAt + 1 })).toString('base64url')
    expect(findSigner(accessKeyId, `${later}.${code}`)).toBeUndefined()
  })

  it('lasts no longer than the endpoint takes credentials and ID tokens to last', () => {
    expect([tokenSeconds, credentialSeconds]).toEqual([idTokenSecondsMax, credentialSecondsMax])
  })
})
