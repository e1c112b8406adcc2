/** The local user pool has the settings of the deployed one, which are read from the texts of `infra/`. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { appClients } from '../../src/pool/clients.ts'
import { isAcceptable } from '../../src/pool/people/password-policy.ts'
import { addedClaims, refreshSeconds, tokenSeconds } from '../../src/pool/token-contents.ts'

function infra(file: string): string {
  return readFileSync(new URL(`../../../../infra/${file}`, import.meta.url), 'utf8')
}

/** The name on the laptop: `Sessions` is `session` there, and the client that is named for its use is the issuer's. */
function nameOf(deployed: string): string {
  return deployed === 'SignIns' ? 'issuer' : deployed.toLowerCase().replace(/s$/, '')
}

/** What each kind of the deployed clients is on the laptop. */
const kinds: Readonly<Record<string, string>> = { server: 'confidential', issuer: 'confidential' }

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1
}

describe('the local user pool', () => {
  it('has the deployed policy of passwords', () => {
    const [, policy = ''] = /const passwordPolicy = \{(.*?)\}/s.exec(infra('user-pool.ts')) ?? []
    const settings = Object.fromEntries(
      [...policy.matchAll(/(\w+): (\w+)/g)].map(([, name = '', value]) => [name, value]),
    )
    expect(settings).toMatchObject({
      minimumLength: '12',
      requireLowercase: 'true',
      requireUppercase: 'true',
      requireNumbers: 'true',
      requireSymbols: 'false',
    })
    expect(isAcceptable('Abcdefghijk9')).toBe(true)
    for (const weak of ['Abcdefghij9', 'ABCDEFGHIJK9', 'abcdefghijk9', 'Abcdefghijkl'])
      expect(isAcceptable(weak)).toBe(false)
  })

  it('has the deployed lifetimes', () => {
    const text = infra('user-pool-clients.ts')
    expect(text).toContain(`accessTokenValidity: ${tokenSeconds / 60},`)
    expect(text).toContain(`refreshTokenValidity = ${refreshSeconds / 86_400}`)
    expect(text).toContain('retryGracePeriodSeconds: 10 ')
  })

  it('has the deployed clients with their scopes: the console is no app of the laptop', () => {
    const rows = / {2}(\w+): \{ kind: '(\w+)', scopes: \[(.*?)\], managesAccount: (true|false) \}/g
    const deployed = [...infra('user-pool-clients.ts').matchAll(rows)].map(
      ([, name = '', kind = '', scopes = '', manages]) => {
        const own = [...scopes.matchAll(/'(\w+)'/g)].map(([, scope]) => `notes/${scope}`)
        const account = manages === 'true' ? ['aws.cognito.signin.user.admin'] : []
        const openid = kind === 'machine' ? [] : ['openid', 'email', 'profile']
        const scopesOf = [...openid, ...account, ...own]
        return { name: nameOf(name), kind: kinds[kind] ?? kind, scopes: scopesOf }
      },
    )
    expect(deployed.map(({ name }) => name)).toEqual(['web', 'console', 'machine', 'session', 'issuer'])
    const local = appClients.map(({ name, kind, scopes }) => ({ name, kind, scopes }))
    expect(local.sort(byName)).toEqual(deployed.filter(({ name }) => name !== 'console').sort(byName))
  })

  it('applies what the trigger answers, or nothing', () => {
    const claimsToAddOrOverride = { name: 'Dora' }
    expect(addedClaims({ accessTokenGeneration: { claimsToAddOrOverride } })).toEqual(claimsToAddOrOverride)
    expect([addedClaims({}), addedClaims(null)]).toEqual([{}, {}])
  })

  it.each([
    ['claimsToSuppress', { accessTokenGeneration: { claimsToSuppress: ['name'] } }],
    ['scopesToAdd', { accessTokenGeneration: { scopesToAdd: ['notes/read'] } }],
    ['scopesToSuppress', { accessTokenGeneration: { claimsToAddOrOverride: {}, scopesToSuppress: ['openid'] } }],
    ['idTokenGeneration', { idTokenGeneration: { claimsToAddOrOverride: { name: 'Dora' } } }],
    ['groupOverrideDetails', { groupOverrideDetails: { groupsToOverride: ['staff'] } }],
  ])('issues no token for %s of the trigger, which only the stage would apply', (name, overrides) => {
    expect(() => addedClaims(overrides)).toThrow(name)
  })
})
