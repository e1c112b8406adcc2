import { credentialSecondsMax, idTokenSecondsMax } from '@fieldnotes/identity/signed-requests'
import { describe, expect, inject, it } from 'vitest'
import { all, one, statementsOf, trustOf } from './find-resources.ts'

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

  it('are these three, all named to the function', () => {
    expect(
      all(graph, clientType)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['ConsoleClient', 'MachineClient', 'WebClient'])
  })

  it.each(['Web', 'Console'])('%s keeps no secret and takes the code flow alone', (name) => {
    expect(client(name)).toMatchObject({
      generateSecret: false,
      allowedOauthFlows: ['code'],
      callbackUrls: ['https://notes.example.com/callback', 'https://admin.example.com/callback'],
      refreshTokenRotation: { feature: 'ENABLED', retryGracePeriodSeconds: 10 },
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
  })

  it('let people manage their account in the web app, and nowhere else: a token for it can delete the account', () => {
    const managing = all(graph, clientType).filter(({ inputs }) =>
      (inputs.allowedOauthScopes as string[]).includes('aws.cognito.signin.user.admin'),
    )
    expect(one(graph, poolType).inputs.mfaConfiguration).toBe('OPTIONAL')
    expect(managing.map(({ name }) => name)).toEqual(['WebClient'])
  })

  it.each(['Web', 'Console', 'Machine'])(
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
    expect(['Web', 'Console', 'Machine'].map(flows)).toEqual([
      ['ALLOW_CUSTOM_AUTH'],
      ['ALLOW_CUSTOM_AUTH'],
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
    expect(['Web', 'Console', 'Machine'].map(flows)).toEqual([
      ['ALLOW_USER_AUTH'],
      ['ALLOW_USER_AUTH'],
      ['ALLOW_REFRESH_TOKEN_AUTH'],
    ])
    const styles = all(everything, styleType).map(({ name, inputs }) => [name, inputs.useCognitoProvidedValues])
    expect(Object.fromEntries(styles)).toEqual({ WebStyle: true, ConsoleStyle: true })
  })
})

describe('identity providers', () => {
  const type = 'aws:cognito/identityProvider:IdentityProvider'

  it('are off until their secrets are set', () => {
    expect(all(graph, type)).toEqual([])
    expect(client('Web').supportedIdentityProviders).toEqual(['COGNITO'])
  })

  it('are on once they are, for people only', () => {
    const kinds = all(everything, type).map(({ inputs }) => [inputs.providerName, inputs.providerType])
    expect(Object.fromEntries(kinds)).toEqual({ Google: 'Google', Saml: 'SAML', Oidc: 'OIDC' })
    expect(one(everything, type, 'GoogleIdentityProvider').inputs).toMatchObject({
      providerDetails: { client_id: 'google-client', client_secret: 'google-secret' },
    })
    const offered = (name: string) => one(everything, clientType, name).inputs.supportedIdentityProviders
    expect(offered('WebClient')).toEqual(['COGNITO', 'Google', 'Saml', 'Oidc'])
    expect(offered('MachineClient')).toEqual(['COGNITO'])
  })
})

describe('settings of other providers that AWS adds', () => {
  const added = ['attributes_url', 'attributes_url_add_attributes', 'authorize_url', 'token_url']

  it.each([
    ['Google', [...added, 'oidc_issuer', 'token_request_method']],
    ['Oidc', [...added, 'jwks_uri']],
    ['Saml', ['ActiveEncryptionCertificate', 'SLORedirectBindingURI', 'SSORedirectBindingURI']],
  ])('%s: are ignored, and a changed setting of our own is deployed', (name, settings) => {
    const type = 'aws:cognito/identityProvider:IdentityProvider'
    const { ignoreChanges, inputs } = one(everything, type, `${name}IdentityProvider`)
    expect(ignoreChanges).toEqual(settings.map((setting) => `providerDetails.${setting}`))
    for (const setting of Object.keys(inputs.providerDetails as object)) expect(settings).not.toContain(setting)
  })
})

describe('attributes of other providers', () => {
  const saml = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
  const said = { username: 'sub', email: 'email', email_verified: 'email_verified', name: 'name' }

  it.each([
    ['Google', said],
    ['Oidc', said],
    // SAML has no claim for a verified e-mail address, so ours must not be mapped from it.
    [
      'Saml',
      {
        email: `${saml}/emailaddress`,
        name: `${saml}/name`,
        given_name: `${saml}/givenname`,
        family_name: `${saml}/surname`,
      },
    ],
  ])('%s: these and no other; an address is verified only where the provider says so', (name, mapping) => {
    const type = 'aws:cognito/identityProvider:IdentityProvider'
    expect(one(everything, type, `${name}IdentityProvider`).inputs.attributeMapping).toEqual(mapping)
  })

  it('can be written by each client that offers a provider: without that right the sign-in fails', () => {
    const mapped = all(everything, 'aws:cognito/identityProvider:IdentityProvider').flatMap(({ inputs }) =>
      Object.keys(inputs.attributeMapping as object),
    )
    // The pool itself sets these two.
    const written = new Set(mapped.filter((name) => name !== 'username' && name !== 'email_verified'))
    const { writeAttributes } = one(everything, clientType, 'WebClient').inputs
    expect(writeAttributes).toEqual([...written].sort())
  })
})

describe('identity pool', () => {
  it('takes ID tokens of the web app alone, so that no other client’s token gets its scopes', () => {
    const { cognitoIdentityProviders } = one(graph, 'aws:cognito/identityPool:IdentityPool').inputs
    const trusted = (cognitoIdentityProviders as { readonly clientId: string }[]).map(({ clientId }) => clientId)
    expect(trusted).toEqual([one(graph, clientType, 'WebClient').id])
  })

  it('has no guests and no classic flow', () => {
    expect(one(graph, 'aws:cognito/identityPool:IdentityPool').inputs).toMatchObject({
      allowUnauthenticatedIdentities: false,
      allowClassicFlow: false,
      cognitoIdentityProviders: [{ serverSideTokenCheck: true }],
    })
    const { roles } = one(graph, 'aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment').inputs
    expect(Object.keys(roles as object)).toEqual(['authenticated'])
  })

  it('gives people a role that may call one route, and to people of this pool alone', () => {
    const role = one(graph, 'aws:iam/role:Role', 'PeopleRole')
    const api = one(graph, 'aws:apigatewayv2/api:Api').id
    expect(statementsOf(role)).toEqual([
      {
        Effect: 'Allow',
        Action: ['execute-api:Invoke'],
        Resource: [`arn:aws:execute-api:eu-west-1:123456789012:${api}/$default/POST/iam/graphql`],
      },
    ])
    expect(role.inputs.maxSessionDuration).toBe(credentialSecondsMax)
    expect(role.inputs.managedPolicyArns).toBeUndefined()
    expect(trustOf(role)).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Principal: { Federated: ['cognito-identity.amazonaws.com'] },
        Condition: {
          StringEquals: {
            'cognito-identity.amazonaws.com:aud': [one(graph, 'aws:cognito/identityPool:IdentityPool').id],
          },
          'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': ['authenticated'] },
        },
      },
    ])
  })

  it('and the functions have the only roles there are', () => {
    expect(
      all(everything, 'aws:iam/role:Role')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['AuthorizerRole', 'GraphqlRole', 'PeopleRole', 'UsersTriggerpreTokenGenerationRole'])
  })
})
