import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseEntryConfig, parseInformConfig, parseSessionConfig } from '../../src/stage/parse-config.ts'

const pool = 'eu-west-1_Abcdef123'
const Notes = {
  resource: 'https://api.example.com/graphql',
  region: 'eu-west-1',
  accessTableName: 'fieldnotes-production-access',
  userPoolId: pool,
  clientIds: ['web', 'sessions'],
  firebaseProject: '',
  fieldnotesIssuer: 'https://auth.example.com/oauth',
}
const SessionOrigin = { origin: 'https://app.example.com' }
const SessionKey = { arn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' }
const SessionFunction = { name: 'fieldnotes-production-SessionFunction-abcdefgh' }
const SessionProvider = {
  signIn: 'https://fieldnotes-production-39bc53.auth.eu-west-1.amazoncognito.com',
  clientId: '1h57kf5cpq17m0eml12example',
  clientSecret: 'a'.repeat(51),
  scope: 'openid email profile notes/read notes/write',
}
const SessionIssuer = { clientSecret: 'b'.repeat(48) }
const links = { Notes, SessionOrigin, SessionKey, SessionProvider, SessionIssuer }
const environment = { NODE_ENV: 'production' }

/** The links with one other member. */
function otherwise(link: keyof typeof links, members: object): typeof links {
  return { ...links, [link]: { ...links[link], ...members } }
}

describe('parseSessionConfig', () => {
  it('reads the configuration of a stage: Cognito at its own addresses', () => {
    const { config, region, keyArn } = parseSessionConfig(links, environment)
    const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${pool}`
    expect({ region, keyArn }).toEqual({ region: 'eu-west-1', keyArn: SessionKey.arn })
    expect(config).toMatchObject({
      origin: 'https://app.example.com',
      resource: Notes.resource,
      access: { name: Notes.accessTableName, region: 'eu-west-1' },
      issuers: [
        { kind: 'cognito', issuer, clientIds: ['web', 'sessions'] },
        { kind: 'fieldnotes', issuer: Notes.fieldnotesIssuer },
      ],
      provider: {
        issuer,
        jwksUri: `${issuer}/.well-known/jwks.json`,
        authorizationEndpoint: `${SessionProvider.signIn}/oauth2/authorize`,
        tokenEndpoint: `${SessionProvider.signIn}/oauth2/token`,
        revocationEndpoint: `${SessionProvider.signIn}/oauth2/revoke`,
        logoutEndpoint: `${SessionProvider.signIn}/logout`,
        clientId: SessionProvider.clientId,
        clientSecret: SessionProvider.clientSecret,
        scope: SessionProvider.scope,
        namesItself: false,
      },
      ownIssuer: {
        issuer: Notes.fieldnotesIssuer,
        tokenEndpoint: 'https://auth.example.com/oauth/token',
        revocationEndpoint: 'https://auth.example.com/oauth/revoke',
        clientId: 'firebase-session',
        clientSecret: SessionIssuer.clientSecret,
      },
    })
  })

  it.each([
    ['a laptop as its origin', otherwise('SessionOrigin', { origin: 'http://127.0.0.1:4000' })],
    ['an origin that only this network knows', otherwise('SessionOrigin', { origin: 'https://app.internal' })],
    ['an origin with a path', otherwise('SessionOrigin', { origin: 'https://app.example.com/' })],
    ['a table on a laptop', otherwise('Notes', { region: 'local' })],
    ['the user pool of a laptop', otherwise('Notes', { userPoolId: 'http://127.0.0.1:4000/cognito' })],
    ['an issuer of a laptop', otherwise('Notes', { fieldnotesIssuer: 'http://127.0.0.1:4000/oauth' })],
    ['sign-in pages of a laptop', otherwise('SessionProvider', { signIn: 'http://127.0.0.1:4000/cognito/pool' })],
    [
      'sign-in pages elsewhere',
      otherwise('SessionProvider', { signIn: 'https://a.auth.eu-west-1.amazoncognito.com.evil.example' }),
    ],
    ['pages of another region', otherwise('SessionProvider', { signIn: 'https://a.auth.us-east-1.amazoncognito.com' })],
    ['the client of a laptop', otherwise('SessionProvider', { clientId: 'localsession0001' })],
    ['a client without a secret', otherwise('SessionProvider', { clientSecret: '' })],
    ['a short secret', otherwise('SessionProvider', { clientSecret: 'fieldnotes' })],
    ['scopes without a sign-in', otherwise('SessionProvider', { scope: 'notes/read' })],
    ['our own issuer on a network of its own', otherwise('Notes', { fieldnotesIssuer: 'https://auth.internal/oauth' })],
    ['our own issuer without TLS', otherwise('Notes', { fieldnotesIssuer: 'http://auth.example.com/oauth' })],
    ['no issuer of its own', otherwise('Notes', { fieldnotesIssuer: '' })],
    ['no secret at our own issuer', otherwise('SessionIssuer', { clientSecret: '' })],
    ['the digest of that secret', otherwise('SessionIssuer', { clientSecret: 'b'.repeat(43) })],
    ['a key by its alias', otherwise('SessionKey', { arn: 'arn:aws:kms:eu-west-1:123456789012:alias/sessions' })],
    ['a key of another region', otherwise('SessionKey', { arn: SessionKey.arn.replace('eu-west-1', 'us-east-1') })],
    ['a key of a laptop', otherwise('SessionKey', { arn: 'local' })],
  ])('does not start with %s, and quotes no value', (_, given) => {
    const start = () => parseSessionConfig(given, environment)
    expect(start).toThrow(/^the configuration is not usable:\n- /)
    expect(start).not.toThrow(/127\.0\.0\.1|localsession|fieldnotes-production|aaaa|bbbb|auth\./)
  })

  it.each(['Notes', 'SessionOrigin', 'SessionKey', 'SessionProvider', 'SessionIssuer'] as const)(
    'does not start without %s',
    (link) => {
      expect(() => parseSessionConfig({ ...links, [link]: undefined }, environment)).toThrow(`${link}.`)
    },
  )

  it.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_KMS', 'DYNAMODB_ENDPOINT'])(
    'does not start where %s would send its requests elsewhere',
    (name) => {
      expect(() => parseSessionConfig(links, { ...environment, [name]: 'http://127.0.0.1:1' })).toThrow(
        `${name} is set`,
      )
    },
  )

  it('does not start outside of production mode', () => {
    expect(() => parseSessionConfig(links, {})).toThrow('NODE_ENV is not production')
  })
})

describe('parseEntryConfig', () => {
  it('reads the same, without its clients at other servers, and the name of the function that refreshes', () => {
    const { config, refreshFunction } = parseEntryConfig({ Notes, SessionOrigin, SessionFunction }, environment)
    const { provider, ownIssuer, ...shared } = parseSessionConfig(links, environment).config
    expect([config, refreshFunction]).toEqual([shared, SessionFunction.name])
  })

  it.each([
    ['no function', {}],
    ['a function of another account', { name: 'arn:aws:lambda:eu-west-1:1:function:evil' }],
  ])('does not start with %s', (_, given) => {
    const start = () => parseEntryConfig({ Notes, SessionOrigin, SessionFunction: given }, environment)
    expect(start).toThrow('SessionFunction.name')
  })
})

describe('parseInformConfig', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const account = {
    project_id: 'fieldnotes-1234',
    client_email: 'a@fieldnotes-1234.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }
  const withFirebase = otherwise('Notes', { firebaseProject: 'fieldnotes-1234' })

  function informs(value: string, given = withFirebase) {
    return parseInformConfig({ ...given, FirebaseServiceAccount: { value } }, environment)
  }

  it('reads the pool, and the service account of the project that is trusted', () => {
    const { userPoolId, account: found } = informs(JSON.stringify(account))
    expect([userPoolId, found?.projectId, found?.clientEmail]).toEqual([pool, 'fieldnotes-1234', account.client_email])
    expect(informs('').account).toBeUndefined()
  })

  it.each([
    ['an account of another project', JSON.stringify({ ...account, project_id: 'other-1234' }), withFirebase],
    ['an account where no project is trusted', JSON.stringify(account), links],
    ['text that is no account', '{"private_key":"secret"}', withFirebase],
  ])('does not start with %s, and quotes nothing of it', (_, value, given) => {
    expect(() => informs(value, given)).toThrow(/FirebaseServiceAccount /)
    expect(() => informs(value, given)).not.toThrow(/PRIVATE|secret|gserviceaccount/)
  })
})
