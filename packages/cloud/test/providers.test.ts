/** Other identity providers of the user pool. */
import { describe, expect, inject, it } from 'vitest'
import { all, one } from './find-resources.ts'

const graph = inject('production')
const everything = inject('everything')
const clientType = 'aws:cognito/userPoolClient:UserPoolClient'
function client(name: string) {
  return one(graph, clientType, `${name}Client`).inputs
}

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
