/** Policies of groups at our own issuer: a token has them when it is given, and no groups. */
import { beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import { accessToken, claimsOf, ephemeralIssuer, exchange, type FormFields, idToken } from '../support/own-issuer.ts'
import { setPolicy } from './kit.ts'

const { cloud, issuer } = ephemeralIssuer()

// Before the first token: the issuer reads them again after 20 seconds only.
beforeAll(async () => {
  await setPolicy(issuer().table, 'firebase:readers', { allow: 'read' })
  await setPolicy(issuer().table, 'cognito:writers', { allow: 'write' })
})

async function signIn(groups: readonly string[], more: FormFields = {}) {
  return issuer().as('firebase-session', {
    ...{ grant_type: exchange, subject_token: await issuer().newIdToken({ claims: { groups } }) },
    ...{ subject_token_type: idToken, resource: issuer().targets.graphql, ...more },
  })
}

const create = 'mutation { createNote(input: { title: "n" }) { note { id } } }'

describe('a sign-in at our own issuer', () => {
  it('gives the scopes that the policies of its groups allow, at its refresh too, and no groups', async () => {
    const { status, body } = await signIn(['readers'])
    // With the 30 seconds for which a process may know the earlier policy: 300.
    expect([status, body.scope, body.expires_in]).toEqual([200, 'notes:read', 270])
    expect(claimsOf(body.access_token)).not.toHaveProperty('groups')
    const token = body.access_token
    expect((await ask(cloud.url, { token, query: '{ notes { nodes { id } } }' })).codes).toEqual({})
    expect((await ask(cloud.url, { token, query: create })).codes).toEqual({ createNote: 'FORBIDDEN' })
    const refreshed = await issuer().as('firebase-session', {
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token,
    })
    expect([refreshed.status, refreshed.body.scope]).toEqual([200, 'notes:read'])
    expect(refreshed.body.expires_in).toBe(270)
    expect(claimsOf(refreshed.body.access_token)).not.toHaveProperty('groups')
  })

  it('gets no scope beyond them: invalid_scope; a person without groups is as before', async () => {
    const beyond = await signIn(['readers'], { scope: 'notes:read notes:write' })
    expect([beyond.status, beyond.body.error]).toEqual([400, 'invalid_scope'])
    const other = await signIn([], { scope: 'notes:read notes:write' })
    expect([other.status, other.body.scope, other.body.expires_in]).toEqual([200, 'notes:read notes:write', 300])
  })

  it('passes nothing on by token exchange that the policies took', async () => {
    const subject = (claims: object) => issuer().subject('cognito', { claims: { ...claims } })
    const exchanged = async (token: string) =>
      issuer().as('portal', {
        ...{ grant_type: exchange, subject_token: token, subject_token_type: accessToken },
        ...{ resource: issuer().targets.exporter, scope: 'notes:read' },
      })
    const fine = await exchanged(await subject({}))
    expect(fine.status).toBe(200)
    const refused = await exchanged(await subject({ 'cognito:groups': ['writers'] }))
    expect(refused.status).toBe(400)
  })
})
