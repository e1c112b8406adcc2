/** Dangerous changes of browser sessions: their functions, their key, their client and their origin. */
import { type Danger, danger } from './danger-row.ts'

/** Each must fail the test that it names. */
export const sessionDangers: readonly Danger[] = [
  danger('a function that signs in and reads notes', 'sessions', 'session', [
    "permissions: [...permissionsOf('session'),",
    "permissions: [...notesPermissions, ...permissionsOf('session'),",
  ]),
  danger('an entry that opens refresh tokens', 'sessions', 'session', [
    "...permissionsOf('entry'),",
    "...permissionsOf('entry'), { actions: ['kms:Decrypt'], resources: ['*'] },",
  ]),
  danger('an entry that calls every function of the account', 'sessions', 'session', [
    'resources: [session.arn]',
    "resources: ['*']",
  ]),
  danger('an entry with the secret of the client', 'sessions', 'session', [
    'link: [...links, origin, refreshes]',
    "link: [...links, origin, refreshes, new sst.Linkable('SessionProvider2', { properties: {} })]",
  ]),
  danger('an entry with the secret at our own issuer', 'sessions', 'session', [
    'function createEntry(session: sst.aws.Function, { origin }: Links) {',
    'function createEntry(session: sst.aws.Function, { origin: plain, issuer: origin }: Links) {',
  ]),
  danger('sessions that our own issuer does not know', 'sessions', 'session-links', [
    "secretOf('firebase-session')",
    "secretOf('portal')",
  ]),
  danger('a role of sessions that the account may take', 'function', 'session', [
    'transform: { role: heldRole }',
    'transform: {}',
  ]),
  danger('a key that opens what another use sealed', 'sessions', 'session-key', [
    "values: ['fieldnotes session']",
    "values: ['*']",
  ]),
  danger('a key of sessions without new material', 'sessions', 'session-key', [
    'enableKeyRotation: true',
    'enableKeyRotation: false',
  ]),
  danger('a key that is gone within a week', 'sessions', 'session-key', ['stage.keep ? 30 : 7', '7']),
  danger('a key that a deployment may replace', 'kept', 'session-key', ["kept('SessionKey'),", '{},']),
  danger('administrators who open refresh tokens', 'sessions', 'session-key-policy', [
    "  'DescribeKey',",
    "  'Decrypt',\n  'DescribeKey',",
  ]),
  danger('a key that every role of the account uses', 'sessions', 'session-key-policy', [
    "principals: [{ type: 'AWS', identifiers: [role] }]",
    "principals: [{ type: 'AWS', identifiers: ['*'] }]",
  ]),
  danger('a key without a policy of its own', 'resources', 'session', [/ {2}restrictKey\([\s\S]*?\n {2}\]\)\n/, '']),
  danger('answers of people in a cache', 'sessions', 'router', [/, cachePolicy: cachingDisabled/, '']),
  danger('an outage that CloudFront repeats for 10 seconds', 'sessions', 'router', [
    'errorCachingMinTtl: 0',
    'errorCachingMinTtl: 10',
  ]),
  danger('a CloudFront that gives up before the entry does', 'sessions', 'router', [
    'const originReadTimeout = 30',
    'const originReadTimeout = 20',
  ]),
  danger('an address that production loses', 'kept', 'router', ['Object.assign(options, kept(name))', 'options']),
  danger('a log of CloudFront, with codes in it', 'sessions', 'router', [
    'distribution: (_, options, name) => void Object',
    "distribution: (args, options, name) => void Object.assign(args, { loggingConfig: { bucket: 'logs' } }) && void Object",
  ]),
  danger('codes that are sent to every web origin', 'identity', 'user-pool-clients', [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of the source.
    'args.callbackUrls = [$interpolate`${webOrigin}/session/callback`]',
    'args.callbackUrls = stage.origins.map(callbackUrlOf)',
  ]),
  danger('a client of sessions that anyone can be', 'identity', 'user-pool-clients', [
    '  forPeople(args)\n  args.generateSecret = true',
    '  forPeople(args)\n  args.generateSecret = false',
  ]),
  danger('sessions whose tokens the endpoint refuses', 'function', 'user-pool-clients', [
    /\n {2}\.\.\.\(session \? \[\{ id: session\.id[^\n]+/,
    '',
  ]),
  danger('sessions with a bill in each preview', 'resources', 'extras', [
    "'FIELDNOTES_SESSIONS', keep)",
    "'FIELDNOTES_SESSIONS', true)",
  ]),
  danger('sign-ins without a limit of their own', 'graph', 'stage-routes', [
    '...(stage.sessions && sessionRoutes)',
    '...(stage.sessions && Object.fromEntries(Object.entries(sessionRoutes).map(([path, row]) => [path, { ...row, throttle: 1 }])))',
  ]),
  danger('a pass that signs out people of other pools', 'sessions', 'session-inform', [
    'resources: [userPool.arn]',
    "resources: ['*']",
  ]),
  danger('a pass that deletes people', 'sessions', 'session-inform', [
    "'cognito-idp:ListUsers'",
    "'cognito-idp:AdminDeleteUser'",
  ]),
  danger('a pass that seals too', 'sessions', 'session-inform', [
    "mayUse(key, 'Decrypt')",
    "mayUse(key, 'Decrypt', 'GenerateDataKey')",
  ]),
  danger('issuers that are informed once a day', 'sessions', 'session-inform', ['rate(1 minute)', 'rate(1 day)']),
  danger('a schedule that calls nothing', 'resources', 'session-inform', [
    / {2}new aws\.cloudwatch\.EventTarget\([^\n]+\n/,
    '',
  ]),
  danger('a pass that fails in silence', 'alarms', 'session-alarms', [/ {4}InformErrors: \{[\s\S]*?\n {4}\},\n/, '']),
  ...['SessionErrors', 'EntryThrottles'].map((name) =>
    danger(`no alarm ${name}`, 'alarms', 'session-alarms', [
      name.endsWith('Errors') ? /\n {4}\[`\$\{prefix\}Errors`\][^\n]+/ : /\n {4}\[`\$\{prefix\}Throttles`\][^\n]+/,
      '',
    ]),
  ),
  danger('tokens that do not open, and no alarm', 'alarms', 'metrics', [
    "event: 'session.seal_broken'",
    "event: 'session.seal'",
  ]),
]
