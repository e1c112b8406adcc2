/** Attacks with a token that is expired, not valid yet, or valid for too long. */
import { now } from '../kit/rows.ts'
import { type Attack, claims, claimsText } from './attack.ts'

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
  ['a life of an hour, a minute and a second', 'lifetime_too_long', claims({ iat: now - 61, exp: now + 3600 })],
  ['a life of ten years', 'lifetime_too_long', claims({ exp: now + 315_360_000 })],
  ['a life since the epoch', 'lifetime_too_long', claims({ iat: 0 })],
  ['signed in 11 s ahead', 'signed_in_ahead', claims({ auth_time: now + 11 })],
  ['signed in 11 s ahead, before an issue ahead', 'signed_in_ahead', claims({ iat: now + 5, auth_time: now + 11 })],
  ['signed in 20 s ahead, after an issue ahead', 'signed_in_ahead', claims({ iat: now + 10, auth_time: now + 20 })],
  ['signed in long after issue', 'auth_time_invalid', claims({ iat: now - 60, auth_time: now - 49 })],
  ...[null, String(now - 60), [now - 60], -1, 1.5, true].map(
    (auth_time): Attack => [`auth_time ${JSON.stringify(auth_time)}`, 'auth_time_invalid', claims({ auth_time })],
  ),
  [
    'no auth_time',
    { firebase: 'auth_time_invalid', fieldnotes: 'auth_time_invalid' },
    claims({ auth_time: undefined }),
  ],
]
