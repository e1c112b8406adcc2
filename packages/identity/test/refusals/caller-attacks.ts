/** Attacks with a token whose `sub`, groups or other claims do not name exactly one caller. */
import { mint } from '../kit/mint.ts'
import { type Attack, bearerOf, claims, type Expected } from './attack.ts'

/** Our own issuer's tokens have no groups that are read. */
function ofGroups(reason: 'groups_invalid' | 'groups_too_many'): Expected {
  return { cognito: reason, firebase: reason, oidc: reason }
}

const hostileTexts = [null, '', 7, ['a'], { a: 1 }, 'x'.repeat(129), 'a b', 'a#b', 'a\nb', '\u202ea']
/** The last three decode to the bytes of the person's id of the valid token: only unused bits differ. */
const noIds = [
  ...['person-1', 'x'.repeat(26), 'x'.repeat(28), `${'x'.repeat(26)}=`, `${'x'.repeat(26)}+`, 'web'],
  ...['5', '6', '7'].map((last) => `wIIK903oPU0nKClpkqvdhPsf6s${last}`),
]
const fourActors = { sub: 'd', act: { sub: 'c', act: { sub: 'b', act: { sub: 'a' } } } }

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
  ['no jti', { oidc: 'token_id_invalid', fieldnotes: 'token_id_invalid' }, claims({ jti: undefined })],
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
      ofGroups('groups_invalid'),
      (shape, name) => bearerOf(mint(shape, { [name === 'cognito' ? 'cognito:groups' : 'groups']: groups })),
    ],
  ),
  [
    '101 groups',
    ofGroups('groups_too_many'),
    (shape, name) =>
      bearerOf(
        mint(shape, {
          [name === 'cognito' ? 'cognito:groups' : 'groups']: Array.from({ length: 101 }, (_, i) => `g${i}`),
        }),
      ),
  ],
  ...noIds.map(
    (sub): Attack => [`sub ${sub}, which is no person's id`, { fieldnotes: 'subject_invalid' }, claims({ sub })],
  ),
  ...hostileTexts.map(
    (id): Attack => [
      `a sign-in named ${JSON.stringify(id).slice(0, 24)}`,
      { cognito: 'login_id_invalid', fieldnotes: 'login_id_invalid' },
      claims({ origin_jti: id, login_id: id }),
    ],
  ),
  ['no login_id', { fieldnotes: 'login_id_invalid' }, claims({ login_id: undefined })],
  [
    'a client with a login_id',
    { fieldnotes: 'identity_contradictory' },
    claims({ sub: 'terminal', auth_time: undefined }),
  ],
  [
    'a client that signed in',
    { fieldnotes: 'identity_contradictory' },
    claims({ sub: 'terminal', login_id: undefined }),
  ],
  ...[null, 'portal', [{ sub: 'portal' }], {}, ...hostileTexts.map((sub) => ({ sub }))].map(
    (act): Attack => [`act ${JSON.stringify(act).slice(0, 24)}`, { fieldnotes: 'actor_invalid' }, claims({ act })],
  ),
  ['four actors', { fieldnotes: 'actor_invalid' }, claims({ act: fourActors })],
  ['an earlier actor without sub', { fieldnotes: 'actor_invalid' }, claims({ act: { sub: 'portal', act: {} } })],
]
