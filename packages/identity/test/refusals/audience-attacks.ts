/** Attacks with a token for another audience or client, or with another kind of token. */
import { mint, shapes } from '../kit/mint.ts'
import { firebaseRow, resource } from '../kit/rows.ts'
import { type Attack, bearerOf, claims } from './attack.ts'

const wrongAudiences: readonly (readonly [string, (aud: string) => unknown])[] = [
  ['aud null', () => null],
  ['aud empty', () => ''],
  ['aud of another', () => 'https://other.example'],
  ['aud as a prefix', (aud) => aud.slice(0, -1)],
  ['aud as a suffix', (aud) => `x${aud}`],
  ['aud with a slash', (aud) => `${aud}/`],
  ['aud in upper case', (aud) => aud.toUpperCase()],
  ['aud of another in a list', () => ['https://other.example']],
  ['aud ours and a number', (aud) => [aud, 7]],
  ['aud ours and another', (aud) => [aud, 'https://other.example']],
  ['aud another and ours', (aud) => ['https://other.example', aud]],
  ['aud ours twice', (aud) => [aud, aud]],
  ['aud as an empty list', () => []],
  ['aud in a list in a list', (aud) => [[aud]]],
]

const expectedAudience = {
  cognito: resource,
  firebase: firebaseRow.projectId,
  oidc: shapes.oidc.claims.aud,
  fieldnotes: resource,
}

const noClient = { cognito: 'client_unknown', oidc: 'client_unknown', fieldnotes: 'client_unknown' } as const

export const audienceAttacks: readonly Attack[] = [
  ...wrongAudiences.map(
    ([what, aud]): Attack => [
      what,
      'audience_wrong',
      (shape, name) => bearerOf(mint(shape, { aud: aud(expectedAudience[name]) })),
    ],
  ),
  [
    'no aud',
    { firebase: 'audience_wrong', oidc: 'audience_wrong', fieldnotes: 'audience_wrong' },
    claims({ aud: undefined }),
  ],
  [
    'aud in a list',
    { cognito: 'audience_wrong', firebase: 'audience_wrong', fieldnotes: 'audience_wrong' },
    (shape, name) => bearerOf(mint(shape, { aud: [expectedAudience[name]] })),
  ],
  ['aud of our client', { cognito: 'audience_wrong' }, claims({ aud: 'web' })],
  ['no client_id', noClient, claims({ client_id: undefined })],
  ['client_id empty', noClient, claims({ client_id: '' })],
  ['client_id in a list', noClient, claims({ client_id: ['web'] })],
  ['client_id of another app', { cognito: 'client_unknown' }, claims({ client_id: 'other' })],
  ['client_id as a prefix', { cognito: 'client_unknown' }, claims({ client_id: 'we' })],
  ['client_id in upper case', { cognito: 'client_unknown' }, claims({ client_id: 'WEB' })],
  ['client_id only as azp', noClient, claims({ client_id: undefined, azp: 'web' })],
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
  ['a firebase claim that is text', { firebase: 'provider_unacceptable' }, claims({ firebase: 'password' })],
  ['a firebase claim that is null', { firebase: 'provider_unacceptable' }, claims({ firebase: null })],
  [
    'a firebase claim in a list',
    { firebase: 'provider_unacceptable' },
    claims({ firebase: [{ sign_in_provider: 'password' }] }),
  ],
  ['a provider that is empty', { firebase: 'provider_unacceptable' }, claims({ firebase: { sign_in_provider: '' } })],
  ['a provider that is no text', { firebase: 'provider_unacceptable' }, claims({ firebase: { sign_in_provider: 1 } })],
]
