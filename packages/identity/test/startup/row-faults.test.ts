import { describe, it } from 'vitest'
import {
  cognito,
  expectRefusedAnywhere,
  fieldnotes,
  firebase,
  oidc,
  type WrongSettings,
} from '../kit/changed-settings.ts'
import { oidcRow } from '../kit/rows.ts'

const reserved = 'the name fieldnotes is for the kind fieldnotes'

/** One issuer that is wrong anywhere. */
const faults: readonly WrongSettings[] = [
  ['an OIDC issuer under the reserved name', reserved, oidc({ name: 'fieldnotes' })],
  ['a pool under the reserved name', reserved, cognito({ name: 'fieldnotes' })],
  ['a project under the reserved name', reserved, firebase({ name: 'fieldnotes' })],
  ['our own issuer under another name', reserved, fieldnotes({ name: 'own' })],
  ['first parties not said', 'firstPartyClientIds is not a list', fieldnotes({ firstPartyClientIds: undefined })],
  ['first parties as text', 'firstPartyClientIds is not a list', fieldnotes({ firstPartyClientIds: 'terminal' })],
  ['an empty first party', 'firstPartyClientIds is not a list', fieldnotes({ firstPartyClientIds: [''] })],
  ['an unknown kind', 'kind is not one of cognito, firebase, oidc, fieldnotes', oidc({ kind: 'saml' })],
  ['a kind named like a method', 'kind is not one of', oidc({ kind: 'constructor' })],
  ['a name with a colon', 'name is not short', oidc({ name: 'a:b' })],
  ['a name in upper case', 'name is not short', oidc({ name: 'Own' })],
  ['an empty name', 'name is not short', oidc({ name: '' })],
  ['a name of 33 characters', 'name is not short', oidc({ name: 'x'.repeat(33) })],
  ['no issuer', 'issuer is not a URL', oidc({ issuer: undefined })],
  ['an issuer in a list', 'issuer is not a URL', oidc({ issuer: [oidcRow.issuer] })],
  ['an issuer that is no URL', 'issuer is not a URL', oidc({ issuer: 'auth' })],
  ['an alias that is no URL', 'issuer is not a URL', cognito({ issuerAlias: '' })],
  ['no key set', 'jwksUri is not a URL', oidc({ jwksUri: undefined })],
  ['a life of nothing', 'lifetimeSecondsMax is not between', oidc({ lifetimeSecondsMax: 0 })],
  ['a life of more than a day', 'lifetimeSecondsMax is not between', oidc({ lifetimeSecondsMax: 86_401 })],
  ['a life without end', 'lifetimeSecondsMax is not between', oidc({ lifetimeSecondsMax: Number.NaN })],
  ['no table of scopes', 'scopes is not a table of lists', oidc({ scopes: undefined })],
  ['null for a table of scopes', 'scopes is not a table of lists', oidc({ scopes: null })],
  ['a table of texts', 'scopes is not a table of lists', oidc({ scopes: { a: 'notes:read' } })],
  ['a table with an empty scope', 'scopes is not a table of lists', oidc({ scopes: { a: [''] } })],
  ['no clients', 'clientIds is empty', cognito({ clientIds: [] })],
  ['clients not said', 'clientIds is empty', cognito({ clientIds: undefined })],
  ['an empty client', 'clientIds is empty', cognito({ clientIds: ['web', ''] })],
  ['clients as text', 'clientIds is empty', cognito({ clientIds: 'web' })],
  ['no project', 'projectId is empty', firebase({ projectId: '' })],
  ['project not said', 'projectId is empty', firebase({ projectId: undefined })],
  ['tenant not said', 'tenant is not said', firebase({ tenant: undefined })],
  ['an empty tenant', 'tenant is not said', firebase({ tenant: '' })],
  ['default scopes not said', 'defaultScopes is not a list', firebase({ defaultScopes: undefined })],
  ['default scopes as text', 'defaultScopes is not a list', firebase({ defaultScopes: 'notes:read' })],
  ['no audience', 'audience is empty', oidc({ audience: '' })],
  ['audience not said', 'audience is empty', oidc({ audience: undefined })],
  ['audience null', 'audience is empty', oidc({ audience: null })],
  ['no algorithms', 'algorithms is not a list', oidc({ algorithms: [] })],
  ['algorithms not said', 'algorithms is not a list', oidc({ algorithms: undefined })],
  ['HS256', 'algorithms is not a list of RS256 and ES256', oidc({ algorithms: ['RS256', 'HS256'] })],
  ['none', 'algorithms is not a list of RS256 and ES256', oidc({ algorithms: ['none'] })],
]

describe('createIdentity', () => {
  it.each(faults)('does not start with %s', (_what, message, changes) => {
    expectRefusedAnywhere(message, changes)
  })
})
