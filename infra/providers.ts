import { userPool } from './user-pool'

type Kind = 'google' | 'saml' | 'oidc'

interface Provider {
  readonly type: Kind
  /**
   * Provider's setting → name of the secret. With all secrets set, the provider is on; with none, it is off; otherwise
   * the deployment fails.
   */
  readonly secrets: Readonly<Record<string, string>>
  readonly fixed: Readonly<Record<string, string>>
  readonly attributes: Readonly<Record<string, string>>
  /** Settings that AWS adds to ours. The pinned provider would remove them again in each deployment. */
  readonly filledIn: readonly string[]
}

/** What AWS adds for a provider of OAuth, whose addresses it knows or reads from the issuer's metadata. */
const endpoints = ['attributes_url', 'attributes_url_add_attributes', 'authorize_url', 'token_url']

/** Names of attributes that Entra ID and AD FS send without further settings. */
const samlClaims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

/** Further identity providers. An e-mail address counts as verified only when the provider says so. */
const providers: Readonly<Record<string, Provider>> = {
  Google: {
    type: 'google',
    secrets: { client_id: 'GoogleClientId', client_secret: 'GoogleClientSecret' },
    fixed: { authorize_scopes: 'openid email profile' },
    attributes: { username: 'sub', email: 'email', email_verified: 'email_verified', name: 'name' },
    filledIn: [...endpoints, 'oidc_issuer', 'token_request_method'],
  },
  Saml: {
    type: 'saml',
    secrets: { MetadataURL: 'SamlMetadataUrl' },
    fixed: { IDPSignout: 'true', RequestSigningAlgorithm: 'rsa-sha256' },
    // Many providers send an address as `name`: the trigger then takes the other two.
    attributes: {
      email: `${samlClaims}/emailaddress`,
      name: `${samlClaims}/name`,
      given_name: `${samlClaims}/givenname`,
      family_name: `${samlClaims}/surname`,
    },
    filledIn: ['ActiveEncryptionCertificate', 'SLORedirectBindingURI', 'SSORedirectBindingURI'],
  },
  Oidc: {
    type: 'oidc',
    secrets: { oidc_issuer: 'OidcIssuer', client_id: 'OidcClientId', client_secret: 'OidcClientSecret' },
    fixed: { authorize_scopes: 'openid email profile', attributes_request_method: 'GET' },
    attributes: { username: 'sub', email: 'email', email_verified: 'email_verified', name: 'name' },
    filledIn: [...endpoints, 'jwks_uri'],
  },
}

/** Identity providers of a client: the pool itself, and those whose secrets are set. */
export const providerNames = $resolve(Object.entries(providers).map(([name, provider]) => added(name, provider))).apply(
  (names) => ['COGNITO', ...names.filter((name) => name !== undefined)],
)

function added(name: string, { type, secrets, fixed, attributes, filledIn }: Provider) {
  const values = Object.fromEntries(
    Object.entries(secrets).map(([setting, secret]) => [setting, new sst.Secret(secret, '').value]),
  )
  return $resolve(values).apply((details) => {
    const given = Object.values(details).filter((value) => value !== '').length
    if (given === 0) return undefined
    if (given < Object.keys(secrets).length) throw new Error(`${name}: set all of ${Object.values(secrets).join(', ')}`)
    const { providerName } = userPool.addIdentityProvider(name, {
      type,
      details: { ...fixed, ...details },
      attributes,
      transform: {
        identityProvider: (_, options) => {
          options.ignoreChanges = filledIn.map((setting) => `providerDetails.${setting}`)
        },
      },
    })
    return providerName
  })
}
