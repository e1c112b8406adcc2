/** Dangerous changes of the user pool, its clients and the identity pool. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const identityDangers: readonly Danger[] = [
  danger('people who may call every route', 'identity-pool', 'identity-pool', ['/$default/POST/iam/graphql', '/*']),
  danger('people with credentials for half a day', 'identity-pool', 'identity-pool', [
    'maxSessionDuration: 3600',
    'maxSessionDuration: 43_200',
  ]),
  danger('guests', 'identity-pool', 'identity-pool', [
    'allowUnauthenticatedIdentities: false',
    'allowUnauthenticatedIdentities: true',
  ]),
  danger('roles of the client’s choice', 'identity-pool', 'identity-pool', [
    'allowClassicFlow: false',
    'allowClassicFlow: true',
  ]),
  danger('a role for people of any pool', 'identity-pool', 'identity-pool', [/\{ test: 'StringEquals'.*\n/, '\n']),
  danger('a role for guests too', 'identity-pool', 'identity-pool', [
    /\{\s+test: 'ForAnyValue:StringLike',[^}]*\},\n/,
    '',
  ]),
  danger('credentials for a sign-in that was ended', 'identity-pool', 'identity-pool', [
    'serverSideTokenCheck: true',
    'serverSideTokenCheck: false',
  ]),
  danger('credentials for tokens of another app', 'identity-pool', 'identity-pool', [
    'clientId: web.id',
    "clientId: 'another'",
  ]),
  danger('signed requests that audit', 'authorizer', 'links', [
    'webScopes,\n    iam',
    "webScopes: [...webScopes, 'notes:audit'],\n    iam",
  ]),
  danger('rights for every person who is signed in', 'identity-pool', 'identity-pool', [
    "new aws.iam.Role('PeopleRole', {",
    "new aws.iam.Role('PeopleRole', {\n  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],",
  ]),
  danger('tokens in redirects', 'identity', 'user-pool-clients', [
    "args.allowedOauthFlows = ['code']",
    "args.allowedOauthFlows = ['code', 'implicit']",
  ]),
  danger('passwords sent by apps', 'identity', 'user-pool-clients', [
    "['ALLOW_CUSTOM_AUTH']",
    "['ALLOW_USER_PASSWORD_AUTH']",
  ]),
  danger('a client that Cognito may refuse', 'identity', 'user-pool-clients', [
    "args.explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH']",
    '',
  ]),
  danger('deployments that are never done', 'providers', 'providers', [
    'filledIn.map((setting) =>',
    '[].map((setting) =>',
  ]),
  danger('sign-ins that a SAML provider begins, unnoticed', 'providers', 'providers', [
    "filledIn: ['Active",
    "filledIn: ['IDPSignout', 'Active",
  ]),
  danger('clients that are created before their scopes', 'resources', 'user-pool-clients', [
    '{ dependsOn: [resourceServer] }',
    '{}',
  ]),
  danger('a machine that writes', 'identity', 'user-pool-clients', [
    "kind: 'machine', scopes: ['read']",
    "kind: 'machine', scopes: ['read', 'write']",
  ]),
  danger('a client of programs in every stage', 'identity', 'user-pool-clients', ['stage.machine ? ', 'true ? ']),
  danger('an app that audits', 'identity', 'user-pool-clients', ["'share', 'trash'],", "'share', 'trash', 'audit'],"]),
  danger('refresh tokens that do not rotate', 'identity', 'user-pool-clients', [
    "feature: 'ENABLED'",
    "feature: 'DISABLED'",
  ]),
  danger('tokens that can’t be revoked', 'identity', 'user-pool-clients', [
    'enableTokenRevocation: true',
    'enableTokenRevocation: false',
  ]),
  danger('access tokens for a day', 'identity', 'user-pool-clients', [
    'accessTokenValidity: 15',
    'accessTokenValidity: 1440',
  ]),
  danger('errors that reveal which accounts exist', 'identity', 'user-pool-clients', [
    "preventUserExistenceErrors: 'ENABLED'",
    "preventUserExistenceErrors: 'LEGACY'",
  ]),
  danger('a second factor that no one can add', 'identity', 'user-pool-clients', [
    "'trash'], managesAccount: true",
    "'trash'], managesAccount: false",
  ]),
  danger('a console that can delete accounts', 'identity', 'user-pool-clients', [
    "'audit'], managesAccount: false",
    "'audit'], managesAccount: true",
  ]),
  danger('pages of a default version', 'identity', 'user-pool', [/args\.managedLoginVersion = .*\n/, '\n']),
  danger('people of SAML without a name', 'providers', 'providers', [/ +name: `\$\{samlClaims\}.*\n/, '']),
  danger('attributes that no client may write', 'providers', 'user-pool-clients', [
    "'email', 'family_name', 'given_name', 'name'],",
    "'email', 'name'],",
  ]),
  danger('a name that a person must have', 'identity', 'user-pool', [
    'args.passwordPolicy = passwordPolicy',
    "args.passwordPolicy = passwordPolicy\n      args.schemas = [{ name: 'name', attributeDataType: 'String', required: true }]",
  ]),
  danger('sign-ins of production that return to a laptop', 'apps', 'apps', [
    'stage.origins.filter((origin) => developmentOrigins.includes(origin))',
    'developmentOrigins',
  ]),
  danger('an authorizer that has the secret of programs', 'apps', 'authorizer', [
    /import \{ stage \}([\s\S]*?)link: \[notes\]/,
    "import { apps } from './apps'\nimport { stage }$1link: [notes, apps]",
  ]),
  danger('short passwords', 'identity', 'user-pool', ['minimumLength: 12', 'minimumLength: 6']),
  danger('recovery by telephone', 'identity', 'user-pool', ["name: 'verified_email'", "name: 'verified_phone_number'"]),
  danger('addresses that are not verified', 'identity', 'user-pool', [
    /args\.userAttributeUpdateSettings = .*\n/,
    '\n',
  ]),
  danger('a pool that can be deleted', 'identity', 'user-pool', ["stage.keep ? 'ACTIVE' : 'INACTIVE'", "'INACTIVE'"]),
  danger('addresses of SAML that are not verified', 'providers', 'providers', [
    /email: `.{13}\/emailaddress`,/,
    "email_verified: 'verified', email: 'email',",
  ]),
]
