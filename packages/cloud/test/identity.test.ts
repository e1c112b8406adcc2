/** The user pool and its clients. */
import { idTokenSecondsMax } from '@fieldnotes/identity/signed-requests'
import { describe, expect, inject, it } from 'vitest'
import { all, one } from './find-resources.ts'

const graph = inject('production')
const preview = inject('preview')
const everything = inject('everything')
const poolType = 'aws:cognito/userPool:UserPool'
const clientType = 'aws:cognito/userPoolClient:UserPoolClient'
function client(name: string) {
  return one(graph, clientType, `${name}Client`).inputs
}

describe('user pool', () => {
  it('accepts sign-ups by a verified address, with a long password and an optional second factor', () => {
    expect(one(graph, poolType).inputs).toMatchObject({
      usernameAttributes: ['email'],
      autoVerifiedAttributes: ['email'],
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireNumbers: true,
        requireUppercase: true,
        temporaryPasswordValidityDays: 1,
      },
      mfaConfiguration: 'OPTIONAL',
      softwareTokenMfaConfiguration: { enabled: true },
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ['email'] },
    })
  })

  // Cognito can't change this later: docs/decisions/0156-a-name-is-not-required.md.
  it('requires no attribute beside those of Cognito, and adds none', () => {
    for (const pool of [graph, preview, everything]) expect(one(pool, poolType).inputs.schemas).toBeUndefined()
  })

  it('gives an account back by address only: a stolen telephone number opens nothing', () => {
    expect(one(graph, poolType).inputs.accountRecoverySetting).toEqual({
      recoveryMechanisms: [{ name: 'verified_email', priority: 1 }],
    })
  })

  it('outlives its stage in production alone', () => {
    const kept = (pool: typeof graph) => {
      const { inputs, retainOnDelete } = one(pool, poolType)
      return [inputs.deletionProtection, retainOnDelete]
    }
    expect(kept(graph)).toEqual(['ACTIVE', true])
    expect(kept(preview)).toEqual(['INACTIVE', undefined])
  })

  it('knows our scopes and our group', () => {
    expect(one(graph, 'aws:cognito/resourceServer:ResourceServer').inputs).toMatchObject({
      identifier: 'notes',
      scopes: ['read', 'write', 'share', 'trash', 'audit'].map((scopeName) => expect.objectContaining({ scopeName })),
    })
    expect(all(graph, 'aws:cognito/userGroup:UserGroup').map(({ inputs }) => inputs.name)).toEqual(['staff'])
  })
})

describe('clients', () => {
  it('of programs are where the stage is kept or a setting requests one: each is billed by the month', () => {
    const machines = (of: typeof graph) => all(of, clientType).filter(({ name }) => name === 'MachineClient').length
    expect([graph, everything, preview, inject('personal')].map(machines)).toEqual([1, 1, 0, 0])
  })

  it('are these five', () => {
    expect(
      all(graph, clientType)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['ConsoleClient', 'MachineClient', 'SessionsClient', 'SignInsClient', 'WebClient'])
  })

  it.each(['Web', 'Console'])('%s keeps no secret and takes the code flow alone', (name) => {
    expect(client(name)).toMatchObject({
      generateSecret: false,
      allowedOauthFlows: ['code'],
      callbackUrls: ['https://notes.example.com/callback', 'https://admin.example.com/callback'],
      refreshTokenRotation: { feature: 'ENABLED', retryGracePeriodSeconds: 10 },
    })
  })

  it('Sessions keeps a secret and its refresh token, and people come back to the one origin of the stage', () => {
    expect(client('Sessions')).toMatchObject({ generateSecret: true, allowedOauthFlows: ['code'] })
    expect(client('Sessions').refreshTokenRotation).toBeUndefined()
    const { callbackUrls, logoutUrls } = one(everything, clientType, 'SessionsClient').inputs
    expect({ callbackUrls, logoutUrls }).toEqual({
      callbackUrls: ['https://app.example.com/session/callback'],
      logoutUrls: ['https://app.example.com/'],
    })
  })

  it('SignIns keeps a secret, and people come back to the issuer of the stage', () => {
    expect(one(everything, clientType, 'SignInsClient').inputs).toMatchObject({
      ...{ generateSecret: true, allowedOauthFlows: ['code'], logoutUrls: [], refreshTokenValidity: 1 },
      callbackUrls: ['https://auth.example.com/oauth/callback'],
    })
  })

  it('Machine acts for itself alone and is never sent anywhere', () => {
    expect(client('Machine')).toMatchObject({
      generateSecret: true,
      allowedOauthFlows: ['client_credentials'],
      allowedOauthScopes: ['notes/read'],
      callbackUrls: [],
    })
  })

  it('request no more than their scopes', () => {
    const own = (name: string) => (client(name).allowedOauthScopes as string[]).filter((scope) => scope.includes('/'))
    expect(own('Web')).toEqual(['notes/read', 'notes/write', 'notes/share', 'notes/trash'])
    expect(own('Console')).toEqual(['notes/read', 'notes/audit'])
    for (const name of ['Sessions', 'SignIns']) expect(own(name)).toEqual(own('Web'))
  })

  it('let people manage their account in the web app, and nowhere else: a token for it can delete the account', () => {
    const managing = all(graph, clientType).filter(({ inputs }) =>
      (inputs.allowedOauthScopes as string[]).includes('aws.cognito.signin.user.admin'),
    )
    expect(one(graph, poolType).inputs.mfaConfiguration).toBe('OPTIONAL')
    expect(managing.map(({ name }) => name)).toEqual(['WebClient'])
  })

  it.each(['Web', 'Console', 'Machine', 'Sessions', 'SignIns'])(
    '%s: short, revocable tokens; no direct sign-in; no error reveals which accounts exist',
    (name) => {
      expect(client(name)).toMatchObject({
        accessTokenValidity: 15,
        idTokenValidity: idTokenSecondsMax / 60,
        tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' },
        enableTokenRevocation: true,
        preventUserExistenceErrors: 'ENABLED',
        writeAttributes: ['email', 'family_name', 'given_name', 'name'],
      })
    },
  )

  it('name one flow that can not be used, and the flow of refresh tokens exactly where they do not rotate', () => {
    const flows = (name: string) => client(name).explicitAuthFlows
    expect(['Web', 'Console', 'SignIns', 'Sessions', 'Machine'].map(flows)).toEqual([
      ['ALLOW_CUSTOM_AUTH'],
      ['ALLOW_CUSTOM_AUTH'],
      ['ALLOW_CUSTOM_AUTH'],
      ['ALLOW_REFRESH_TOKEN_AUTH'],
      ['ALLOW_REFRESH_TOKEN_AUTH'],
    ])
    for (const { inputs } of [...all(graph, clientType), ...all(everything, clientType)]) {
      const rotates = inputs.refreshTokenRotation !== undefined
      expect((inputs.explicitAuthFlows as string[]).includes('ALLOW_REFRESH_TOKEN_AUTH')).toBe(!rotates)
    }
  })

  it('have no trigger behind the one flow that is named, so that it stays dead', () => {
    expect(Object.keys(one(graph, poolType).inputs.lambdaConfig as object)).toEqual(['preTokenGenerationConfig'])
  })
})

describe('passkeys', () => {
  const domainType = 'aws:cognito/userPoolDomain:UserPoolDomain'
  const styleType = 'aws:cognito/managedLoginBranding:ManagedLoginBranding'

  it('are off unless the stage selects them: passwords only, on the classic pages', () => {
    for (const pool of [graph, preview]) {
      const { inputs } = one(pool, poolType)
      expect([inputs.signInPolicy, inputs.webAuthnConfiguration]).toEqual([undefined, undefined])
      expect(one(pool, domainType).inputs.managedLoginVersion).toBe(1)
      expect(all(pool, styleType)).toEqual([])
    }
  })

  it('are a choice beside the password, for devices that verify their user, at the domain of the pages', () => {
    const { domain, managedLoginVersion } = one(everything, domainType).inputs
    expect(one(everything, poolType).inputs).toMatchObject({
      userPoolTier: 'ESSENTIALS',
      // AWS refuses passkeys where a second factor is required, and the pinned provider can't count them as one.
      mfaConfiguration: 'OPTIONAL',
      signInPolicy: { allowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      webAuthnConfiguration: {
        relyingPartyId: `${domain}.auth.eu-west-1.amazoncognito.com`,
        userVerification: 'required',
      },
    })
    expect(managedLoginVersion).toBe(2)
  })

  it('are offered to people: their clients have a page and may choose the factor; machines may not', () => {
    const flows = (name: string) => one(everything, clientType, `${name}Client`).inputs.explicitAuthFlows
    expect(['Web', 'Console', 'SignIns', 'Sessions', 'Machine'].map(flows)).toEqual([
      ['ALLOW_USER_AUTH'],
      ['ALLOW_USER_AUTH'],
      ['ALLOW_USER_AUTH'],
      ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_AUTH'],
      ['ALLOW_REFRESH_TOKEN_AUTH'],
    ])
    const styles = all(everything, styleType).map(({ name, inputs }) => [name, inputs.useCognitoProvidedValues])
    expect(Object.fromEntries(styles)).toEqual({
      ...{ WebStyle: true, ConsoleStyle: true, SessionsStyle: true, SignInsStyle: true },
    })
  })
})
