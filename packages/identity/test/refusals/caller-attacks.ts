/** Attacks with a token whose `sub`, groups or other claims do not name exactly one caller. */
import { mint } from '../kit/mint.ts'
import { type Attack, bearerOf, claims } from './attack.ts'

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
