/** The local user pool has the settings of the deployed one, which are read from the texts of `infra/`. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { appClients } from '../../src/pool/clients.ts'
import { isAcceptable } from '../../src/pool/people/password-policy.ts'
import { refreshSeconds, tokenSeconds } from '../../src/pool/token-contents.ts'

function infra(file: string): string {
  return readFileSync(new URL(`../../../../infra/${file}`, import.meta.url), 'utf8')
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

  it('has the deployed lifetimes, and the deployed scopes of the web app', () => {
    const text = infra('user-pool-clients.ts')
    expect(text).toContain(`accessTokenValidity: ${tokenSeconds / 60},`)
    expect(text).toContain(`refreshTokenValidity = ${refreshSeconds / 86_400}`)
    expect(text).toContain('retryGracePeriodSeconds: 10 ')
    const [, scopes = ''] = /Web: \{ kind: 'public', scopes: \[(.*?)\]/.exec(text) ?? []
    const own = [...scopes.matchAll(/'(\w+)'/g)].map(([, name]) => `notes/${name}`)
    expect(text).toMatch(/Web: .*managesAccount: true/)
    expect(appClients[0]?.scopes).toEqual(['openid', 'email', 'profile', 'aws.cognito.signin.user.admin', ...own])
  })
})
