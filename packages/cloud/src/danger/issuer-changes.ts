/** Dangerous changes of the issuer: its rights, its keys, its host and what it trusts. */
import { allowAll, type Danger, danger } from './danger-row.ts'

function ofIssuer(what: string, file: string, change: readonly [from: string | RegExp, to: string]): Danger {
  return danger(what, 'issuer', file, change)
}

/** Each must fail the test that it names. */
export const issuerDangers: readonly Danger[] = [
  ofIssuer('an issuer that reads notes', 'issuer', [
    'permissions: [',
    "permissions: [{ actions: ['dynamodb:GetItem'], resources: ['*'] }, ",
  ]),
  ofIssuer('an issuer that reads browser sessions', 'issuer', ["permissionsOf('issuer')", "permissionsOf('session')"]),
  ofIssuer('signatures with every key of the account', 'issuer', [
    "actions: ['kms:Sign'],\n    resources: signingKeys.map(({ arn }) => arn)",
    "actions: ['kms:Sign'],\n    resources: ['*']",
  ]),
  ofIssuer('signatures with any algorithm', 'issuer', [/ +conditions: \[\{ test: 'StringEquals'.*\n/, '']),
  ofIssuer('an issuer that administers its keys', 'issuer', ["['kms:GetPublicKey']", "['kms:*']"]),
  ofIssuer('a key with which the account signs', 'issuer-keys', ["ArnEquals: { 'aws:PrincipalArn': issuerRole },", '']),
  ofIssuer('a key with which every role signs', 'issuer-keys', [/role\/\$\{issuerRoleName\}/, 'role/*']),
  ofIssuer('administrators who give the right to sign away', 'issuer-keys', [
    "  'CancelKeyDeletion',",
    "  'CancelKeyDeletion',\n  'CreateGrant',",
  ]),
  ofIssuer('a key that is open to the world', 'issuer-keys', ['    policy,\n', `    policy: ${allowAll},\n`]),
  ofIssuer('a removed key that signs', 'issuer-keys', ["isEnabled: row.state !== 'removed'", 'isEnabled: true']),
  ofIssuer('a removed key that is published', 'issuer-keys', [".filter(({ state }) => state !== 'removed')", '']),
  ofIssuer('a key that is gone after a week', 'issuer-keys', ['deletionWindowInDays: 30', 'deletionWindowInDays: 7']),
  ofIssuer('an issuer with the secrets of clients', 'issuer', [
    'link: [notes, own, signIn]',
    "link: [notes, own, signIn, new sst.Secret('More', 'x')]",
  ]),
  ofIssuer('secrets of clients in the place of their digests', 'client-secrets', [
    'digestOf(clientSecretOf(id, root))',
    'clientSecretOf(id, root)',
  ]),
  ofIssuer('the root of all secrets in a link', 'issuer', [
    'webClientIds: [',
    "root: new sst.Secret('ClientSecrets2', 'a-root-of-at-least-thirty-two-bytes').value,\n    webClientIds: [",
  ]),
  ofIssuer('roots that can be guessed', 'client-secrets', ['Buffer.byteLength(root) >= 32', 'root.length >= 0']),
  ofIssuer('roots that are never dropped', 'client-secrets', ['rootsMax = 2', 'rootsMax = 9']),
  ofIssuer('tokens of the console that services exchange', 'issuer', [
    'webClientIds: [web.id',
    "webClientIds: [web.id, 'another'",
  ]),
  ofIssuer('sign-ins by the client of the web app', 'issuer', ['clientId: signIns.id', 'clientId: web.id']),
  ofIssuer('cookies that one function could forge for another', 'client-secrets', [
    'each.map(cookieSecretOf)',
    "each.map((root) => clientSecretOf('portal', root))",
  ]),
  ofIssuer('sign-ins that come back elsewhere', 'user-pool-clients', [
    /\$\{issuerUrl\}\$\{issuerPaths\.callback\}/,
    'https://notes.example.com/callback',
  ]),
  ofIssuer('tokens of the issuer’s sign-ins at the endpoint', 'user-pool-clients', [
    '  { id: web.id, scopes: webScopes },',
    '  { id: web.id, scopes: webScopes },\n  { id: signIns.id, scopes: webScopes },',
  ]),
  danger('an API key of no project', 'settings', 'stage-settings', [
    'key === null || env.FIELDNOTES_FIREBASE_PROJECT',
    'true',
  ]),
  ofIssuer('an issuer at the host of the API', 'issuer-gateway', [
    /(import \{ stage \}[\s\S]*)issuerGateway\.nodes/,
    "import { gateway } from './gateway'\n$1gateway.nodes",
  ]),
  ofIssuer('one more public path of the issuer', 'issuer', [
    /$/,
    "issuerGateway.route('GET /debug', issuer.targetArn)\n",
  ]),
  ofIssuer('an endpoint that does not believe the issuer', 'links', [
    'fieldnotesIssuer: issuerUrl',
    "fieldnotesIssuer: ''",
  ]),
  ofIssuer('the list of all media types in the code', 'issuer', ["external: ['mime-db']", 'external: []']),
  danger('a role of the issuer that the account may take', 'function', 'issuer', ['      heldRole(args)\n', '']),
  danger('two hosts under one name', 'settings', 'stage-settings', ['name !== null && name === env[other]', 'false']),
  danger('two keys that sign', 'settings', 'signing-key-setting', ['keyFaults(published)', '[]']),
  danger('one number for two keys', 'settings', 'signing-key-setting', ['isUnique ? ', 'true ? ']),
  danger('failures of the issuer that are not counted', 'alarms', 'metrics', [
    "event: 'issuer.failed'",
    "event: 'issuer.lost'",
  ]),
  danger('secrets that are guessed unseen', 'alarms', 'issuer-alarms', [
    "code: 'invalid_client'",
    "code: 'invalid_scope'",
  ]),
  ...['IssuerErrors', 'IssuerThrottles', 'IssuerServerErrors', 'IssuerFailures', 'ClientsRefused'].map((name) =>
    danger(`no alarm ${name}`, 'alarms', 'issuer-alarms', [new RegExp(`  ${name}: \\{[\\s\\S]*?\\n  \\},\\n`), '']),
  ),
  danger('secrets of functions in the hands of operators', 'apps', 'client-secrets', [
    '.filter((id) => !ofFunctions.includes(id))',
    '',
  ]),
]
