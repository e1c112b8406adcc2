/** Attacks with a true signature: a token that is not for us, not now, or not about one plain caller. */
import { mint, shapes } from '../kit/mint.ts'
import { firebaseRow, now, resource } from '../kit/rows.ts'
import { type Attack, bearerOf, claims, claimsText } from './attack.ts'

const { cognito, firebase, oidc } = shapes
const host = (iss: string, rewrite: (host: string) => string) => iss.replace(/(?<=\/\/)[^/]+/, rewrite)

export const issuerAttacks: readonly Attack[] = [
  ['no iss', 'issuer_unknown', claims({ iss: undefined })],
  ['iss null', 'issuer_unknown', claims({ iss: null })],
  ['iss empty', 'issuer_unknown', claims({ iss: '' })],
  ['iss of a stranger', 'issuer_unknown', claims({ iss: 'https://attacker.example' })],
  ['iss named like a method', 'issuer_unknown', claims({ iss: 'toString' })],
  ['iss in a list', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: [shape.claims.iss] }))],
  ['iss with a slash', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}/` }))],
  ['iss with a path', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}/../x` }))],
  ['iss with a fragment', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}#` }))],
  ['iss with a space', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: ` ${shape.claims.iss}` }))],
  ['iss with a NUL', 'issuer_unknown', (shape) => bearerOf(mint(shape, { iss: `${shape.claims.iss}\0` }))],
  [
    'iss in upper case',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: host(String(shape.claims.iss), (name) => name.toUpperCase()) })),
  ],
  [
    'iss with a port',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: host(String(shape.claims.iss), (name) => `${name}:443`) })),
  ],
  [
    'iss with a final dot',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: host(String(shape.claims.iss), (name) => `${name}.`) })),
  ],
  [
    'iss in http',
    'issuer_unknown',
    (shape) => bearerOf(mint(shape, { iss: String(shape.claims.iss).replace('https', 'http') })),
  ],
  [
    'iss of another of our issuers',
    { cognito: 'key_unknown', firebase: 'key_unknown', oidc: 'header_alg_unexpected' },
    (shape, name) => bearerOf(mint(shape, { iss: name === 'firebase' ? cognito.claims.iss : firebase.claims.iss })),
  ],
  [
    'another pool of the region',
    { cognito: 'issuer_unknown' },
    claims({ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_ZzZzZzZzZ' }),
  ],
  [
    'another Firebase project, wholly',
    { firebase: 'issuer_unknown' },
    claims({ iss: 'https://securetoken.google.com/other', aud: 'other' }),
  ],
  [
    'another Firebase project by iss alone',
    { firebase: 'issuer_unknown' },
    claims({ iss: 'https://securetoken.google.com/other' }),
  ],
  [
    'a Firebase session cookie',
    { firebase: 'issuer_unknown' },
    claims({ iss: `https://session.firebase.google.com/${firebaseRow.projectId}` }),
  ],
  [
    'a Firebase custom token',
    { firebase: 'issuer_unknown' },
    claims({
      iss: 'firebase-adminsdk@fieldnotes-prod.iam.gserviceaccount.com',
      aud: 'https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit',
      uid: 'x',
    }),
  ],
  [
    'a raw Google ID token',
    { firebase: 'issuer_unknown' },
    claims({ iss: 'https://accounts.google.com', aud: 'x.apps.googleusercontent.com' }),
  ],
]

const wrongAudiences: readonly (readonly [string, (aud: string) => unknown])[] = [
  ['aud null', () => null],
  ['aud empty', () => ''],
  ['aud of another', () => 'https://other.example'],
  ['aud as a prefix', (aud) => aud.slice(0, -1)],
  ['aud as a suffix', (aud) => `x${aud}`],
  ['aud with a slash', (aud) => `${aud}/`],
  ['aud in upper case', (aud) => aud.toUpperCase()],
  ['aud ours and another', (aud) => [aud, 'https://other.example']],
  ['aud another and ours', (aud) => ['https://other.example', aud]],
  ['aud ours twice', (aud) => [aud, aud]],
  ['aud as an empty list', () => []],
  ['aud in a list in a list', (aud) => [[aud]]],
]

const expectedAudience = { cognito: resource, firebase: firebaseRow.projectId, oidc: oidc.claims.aud }

export const audienceAttacks: readonly Attack[] = [
  ...wrongAudiences.map(
    ([what, aud]): Attack => [
      what,
      'audience_wrong',
      (shape, name) => bearerOf(mint(shape, { aud: aud(expectedAudience[name]) })),
    ],
  ),
  ['no aud', { firebase: 'audience_wrong', oidc: 'audience_wrong' }, claims({ aud: undefined })],
  [
    'aud in a list',
    { cognito: 'audience_wrong', firebase: 'audience_wrong' },
    (shape, name) => bearerOf(mint(shape, { aud: [expectedAudience[name]] })),
  ],
  ['aud of our client', { cognito: 'audience_wrong' }, claims({ aud: 'web' })],
  ['no client_id', { cognito: 'client_unknown', oidc: 'client_unknown' }, claims({ client_id: undefined })],
  ['client_id empty', { cognito: 'client_unknown', oidc: 'client_unknown' }, claims({ client_id: '' })],
  ['client_id in a list', { cognito: 'client_unknown', oidc: 'client_unknown' }, claims({ client_id: ['web'] })],
  ['client_id of another app', { cognito: 'client_unknown' }, claims({ client_id: 'other' })],
  ['client_id as a prefix', { cognito: 'client_unknown' }, claims({ client_id: 'we' })],
  ['client_id in upper case', { cognito: 'client_unknown' }, claims({ client_id: 'WEB' })],
  ['client_id only as azp', { cognito: 'client_unknown' }, claims({ client_id: undefined, azp: 'web' })],
  ['an ID token', { cognito: 'token_use_wrong' }, claims({ token_use: 'id', aud: 'web', client_id: undefined })],
  ['an ID token that names a client', { cognito: 'token_use_wrong' }, claims({ token_use: 'id' })],
  ['no token_use', { cognito: 'token_use_wrong' }, claims({ token_use: undefined })],
  ['token_use in a list', { cognito: 'token_use_wrong' }, claims({ token_use: ['access'] })],
  ['token_use in upper case', { cognito: 'token_use_wrong' }, claims({ token_use: 'ACCESS' })],
  ['a tenant where there is none', { firebase: 'tenant_wrong' }, claims({ firebase: { tenant: 'acme' } })],
  [
    'an anonymous account',
    { firebase: 'provider_unacceptable' },
    claims({ firebase: { sign_in_provider: 'anonymous' } }),
  ],
]

export const timeAttacks: readonly Attack[] = [
  ...[undefined, null, String(now + 300), '', [now + 300], {}, true, now + 300.5, 1e308, 2 ** 53, -1].map(
    (exp): Attack => [`exp ${JSON.stringify(exp)}`, 'exp_invalid', claims({ exp })],
  ),
  ...[undefined, null, String(now), [now], true, now - 0.5, -1e308, -1].map(
    (iat): Attack => [`iat ${JSON.stringify(iat)}`, 'iat_invalid', claims({ iat })],
  ),
  [
    'exp as an infinite number',
    { cognito: 'exp_invalid' },
    claimsText((json) => json.replace(/"exp":\d+/, '"exp":1e999')),
  ],
  ['expired an hour ago', 'expired', claims({ iat: now - 7200, exp: now - 3600 })],
  ['expired a second ago', 'expired', claims({ exp: now - 1 })],
  ['expiring now', 'expired', claims({ exp: now })],
  ['expired at the epoch', 'expired', claims({ iat: 0, exp: 0 })],
  ['issued 11 s ahead', 'issued_ahead', claims({ iat: now + 11 })],
  ['issued a day ahead', 'issued_ahead', claims({ iat: now + 86_400, exp: now + 86_700 })],
  ['issued in milliseconds', 'issued_ahead', claims({ iat: now * 1000, exp: (now + 300) * 1000 })],
  ['valid in 11 s', 'not_yet_valid', claims({ nbf: now + 11 })],
  ...[null, String(now), [now], {}, -1, 0.5, 1e308].map(
    (nbf): Attack => [`nbf ${JSON.stringify(nbf)}`, 'nbf_invalid', claims({ nbf })],
  ),
  ['exp before iat', 'lifetime_not_positive', claims({ iat: now + 5, exp: now + 4 })],
  ['exp at iat', 'lifetime_not_positive', claims({ iat: now + 5, exp: now + 5 })],
  ['a life of an hour and a second', 'lifetime_too_long', claims({ iat: now - 1, exp: now + 3600 })],
  ['a life of ten years', 'lifetime_too_long', claims({ exp: now + 315_360_000 })],
  ['a life since the epoch', 'lifetime_too_long', claims({ iat: 0 })],
  ['signed in 11 s ahead', 'auth_time_invalid', claims({ auth_time: now + 11 })],
  ['signed in long after issue', 'auth_time_invalid', claims({ iat: now - 60, auth_time: now - 49 })],
  ...[null, String(now - 60), [now - 60], -1, 1.5, true].map(
    (auth_time): Attack => [`auth_time ${JSON.stringify(auth_time)}`, 'auth_time_invalid', claims({ auth_time })],
  ),
  ['no auth_time', { firebase: 'auth_time_invalid' }, claims({ auth_time: undefined })],
]

export const callerAttacks: readonly Attack[] = [
  ...[
    undefined,
    null,
    '',
    7,
    ['a'],
    { a: 1 },
    true,
    'x'.repeat(129),
    'a#b',
    'USER#bob',
    'a b',
    'a\nb',
    'a\u0000b',
    '\u202ebob',
    'аlice',
    'a\ud800',
  ].map(
    (sub): Attack => [
      `sub ${JSON.stringify(sub)?.slice(0, 24)}`,
      'subject_invalid',
      claims({ sub, user_id: undefined }),
    ],
  ),
  ...[null, '', 7, ['a'], 'x'.repeat(129), 'a b', 'a\nb'].map(
    (jti): Attack => [`jti ${JSON.stringify(jti)?.slice(0, 24)}`, 'token_id_invalid', claims({ jti })],
  ),
  ['no jti', { oidc: 'token_id_invalid' }, claims({ jti: undefined })],
  ['bound to a DPoP key', 'sender_constrained', claims({ cnf: { jkt: 'x' } })],
  ['bound to a certificate', 'sender_constrained', claims({ cnf: { 'x5t#S256': 'x' } })],
  ['bound to null', 'sender_constrained', claims({ cnf: null })],
  ['user_id of another', { firebase: 'identity_contradictory' }, claims({ user_id: 'victim' })],
  ['a client with a username', { cognito: 'identity_contradictory' }, claims({ sub: 'web' })],
  ...[null, 7, ['notes/read', 'notes:read'], { a: 1 }, true].map(
    (scope): Attack => [`scope ${JSON.stringify(scope)}`, 'scope_invalid', claims({ scope })],
  ),
  ...[
    null,
    'staff',
    { 0: 'staff', length: 1 },
    [7],
    [''],
    [null],
    [['staff']],
    ['x'.repeat(129)],
    ['a\nb'],
    ['a\u202eb'],
  ].map(
    (groups): Attack => [
      `groups ${JSON.stringify(groups).slice(0, 24)}`,
      'groups_invalid',
      (shape, name) => bearerOf(mint(shape, { [name === 'cognito' ? 'cognito:groups' : 'groups']: groups })),
    ],
  ),
  [
    '101 groups',
    'groups_too_many',
    (shape, name) =>
      bearerOf(
        mint(shape, {
          [name === 'cognito' ? 'cognito:groups' : 'groups']: Array.from({ length: 101 }, (_, i) => `g${i}`),
        }),
      ),
  ],
]
