/** Settings that must not compile. Checked by `tsc`; nothing here runs. */
import type { Principal } from '@fieldnotes/core/principal'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import type { FieldnotesIssuer, Issuer } from '@fieldnotes/identity/issuer'
import type { Settings } from '../src/settings.ts'
import { cognitoRow, fieldnotesRow, firebaseRow, oidcRow } from './kit/rows.ts'

declare const settings: Settings
declare const identity: Identity
declare const principal: Principal

const { loopbackIssuers: _loopback, ...unsaid } = settings
// @ts-expect-error whether loopback issuers are accepted has no default
createIdentity(unsaid)

const { environment: _environment, ...uninspected } = settings
// @ts-expect-error the environment is required, so that it is searched
createIdentity(uninspected)

// @ts-expect-error there are two values
createIdentity({ ...settings, loopbackIssuers: 'allow' })

// @ts-expect-error no such bound
createIdentity({ ...settings, bounds: { tokenBytesMax: 1 } })

const { clientIds: _clients, ...anyClient } = cognitoRow
// @ts-expect-error a pool without clients would accept any client's token
export const withoutClients: Issuer = anyClient

const { tenant: _tenant, ...anyTenant } = firebaseRow
// @ts-expect-error a tenant is required; null means no tenant
export const withoutTenant: Issuer = anyTenant

const { audience: _audience, ...anyAudience } = oidcRow
// @ts-expect-error an issuer without audience would accept any audience's token
export const withoutAudience: Issuer = anyAudience

// @ts-expect-error symmetric algorithms do not exist here
export const symmetric: Issuer = { ...oidcRow, algorithms: ['HS256'] }

const { firstPartyClientIds: _own, ...anyParty } = fieldnotesRow
// @ts-expect-error which clients are ours is required, so that none is by default
export const withoutFirstParties: Issuer = anyParty

// @ts-expect-error the name of our own issuer is fixed
export const renamed: FieldnotesIssuer = { ...fieldnotesRow, name: 'own' }

// @ts-expect-error headers, not a token: the scheme is part of what is checked
identity.authenticate('eyJhbGciOiJSUzI1NiJ9')

// @ts-expect-error an anonymous principal has no scopes: check its kind first
principal.scopes

// @ts-expect-error a principal is not changed
if (principal.kind === 'user') principal.scopes.add('notes:admin')

// @ts-expect-error nor is who acts for it
if (principal.kind === 'user' && principal.actor) principal.actor.subject = 'other'

// @ts-expect-error a service does not sign in
export const loginOfService: string | undefined = principal.kind === 'service' ? principal.loginId.slice() : undefined
