/** Policies of groups at each token of a grant: what a refresh gives after a change, without a running issuer. */
import { AppError } from '@fieldnotes/core/error'
import { createGroupPolicies, type GroupPoliciesOptions } from '@fieldnotes/identity/group-policies'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { describe, expect, it } from 'vitest'
import { narrowedServer } from '../src/oauth/narrowed-server.ts'
import { resourceServer } from '../src/oauth/resource-servers.ts'
import type { SignInOfGrant } from '../src/oauth/sign-in-grant.ts'

const server = resourceServer('https://api.example.com/graphql', ['notes:read', 'notes:write'])
const staff = { issuer: 'firebase', groups: ['firebase:staff'] } as const

/** An issuer whose clock tests move, and whose policies they replace. */
function worldOf(mode: GroupPoliciesOptions['mode'] = 'open') {
  let seconds = 1_800_000_000
  let stored: GroupPoliciesOptions['read'] = () => []
  const clock = () => seconds * 1000
  const policies = createGroupPolicies({ read: () => stored(), mode, clock, log: () => undefined })
  return {
    wait: (more: number) => {
      seconds += more
    },
    store: (read: GroupPoliciesOptions['read']) => {
      stored = read
    },
    scopesOf: async (grant: Partial<SignInOfGrant> | undefined, scope?: string) => {
      const ctx = { oidc: { entities: { Grant: grant }, params: { scope } } } as unknown as KoaContextWithOIDC
      return (await narrowedServer(ctx, server, policies)).scope
    },
  }
}

describe('a token of a grant', () => {
  it('has what the policies of its sign-in’s groups allow when it is given, and follows a change', async () => {
    const { scopesOf, store, wait } = worldOf()
    expect(await scopesOf(staff)).toBe('notes:read notes:write')
    store(() => [{ group: 'firebase:staff', allow: ['notes:read', 'notes:write'], deny: ['notes:write'] }])
    wait(30)
    expect(await scopesOf(staff)).toBe('notes:read')
    expect(await scopesOf({ issuer: 'firebase', groups: [] })).toBe('notes:read notes:write')
    store(() => [])
    wait(30)
    expect(await scopesOf(staff)).toBe('notes:read notes:write')
  })

  it('gets no requested scope that the policies do not allow: invalid_scope, and never fewer', async () => {
    const { scopesOf, store } = worldOf()
    store(() => [{ group: 'firebase:staff', allow: ['notes:read'], deny: [] }])
    await expect(scopesOf(staff, 'notes:read notes:write')).rejects.toMatchObject({ error: 'invalid_scope' })
    expect(await scopesOf(staff, 'notes:read')).toBe('notes:read')
  })

  it('has nothing where groups are governed and none of them has a policy', async () => {
    const { scopesOf } = worldOf('governed')
    expect(await scopesOf(staff)).toBe('')
    expect(await scopesOf({ issuer: 'cognito', groups: [] })).toBe('')
  })

  it('has what every membership would leave where its sign-in did not say the groups', async () => {
    const { scopesOf, store } = worldOf()
    store(() => [{ group: 'cognito:readers', allow: ['notes:read'], deny: [] }])
    expect(await scopesOf({})).toBe('notes:read')
    expect(await scopesOf({ issuer: 'firebase' })).toBe('notes:read notes:write')
  })

  it('is a service’s own where there is no grant: a client is in no group', async () => {
    const { scopesOf, store } = worldOf('governed')
    store(() => Promise.reject(new Error('no answer')))
    expect(await scopesOf(undefined)).toBe('notes:read notes:write')
  })

  it('is an outage, and no refusal, while the policies are out of reach', async () => {
    const { scopesOf, store } = worldOf()
    store(() => Promise.reject(new AppError('UNAVAILABLE', 'database out of reach')))
    await expect(scopesOf(staff)).rejects.toMatchObject({ statusCode: 503 })
  })
})
