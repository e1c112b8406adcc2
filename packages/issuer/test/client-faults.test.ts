/** Rows of the table of grants: what does not compile, and what does not start. */
import { describe, expect, it } from 'vitest'
import { clientFaults, isClientId } from '../src/grants/client-faults.ts'
import { type ClientRow, type OwnRow, ownClientIds, ownRow, type SignInGrant } from '../src/grants/client-rows.ts'
import type { Grant } from '../src/grants/grant.ts'
import { alexa, app, google, machine, service, session } from './kit/client-rows.ts'

/** The row with another grant of the same name. */
function changed(row: ClientRow, change: object): object {
  const [[name, grant]] = Object.entries(row.grants) as [[string, object]]
  return { ...row, grants: { [name]: { ...grant, ...change } } }
}

const faulty: readonly (readonly [name: string, given: unknown, fault: RegExp])[] = [
  ['no row', undefined, /^profile/],
  ['a list', [], /^profile/],
  ['an inherited profile', { ...machine, profile: 'constructor' }, /^profile/],
  ['a machine without a proof', { ...machine, auth: 'none' }, /^auth/],
  ['a list of proofs', { ...machine, auth: ['client_secret_basic'] }, /^auth/],
  ['an app with a certificate', { ...app, auth: 'tls_client_auth' }, /^auth/],
  ['an app that exchanges', { ...app, grants: { ...app.grants, ...service.grants } }, /^grants/],
  ['an app without a name', changed(app, { title: '' }), /^title/],
  ['a name of two lines', changed(app, { title: 'An\napp' }), /^title/],
  ['a name that reorders the text', changed(app, { title: 'An \u202eapp' }), /^title/],
  ['a name of 81 characters', changed(app, { title: 'a'.repeat(81) }), /^title/],
  ['an address twice', changed(app, { redirectUris: Array(2).fill('https://a.example/') }), /^redirectUris/],
  [
    'eleven addresses',
    changed(app, { redirectUris: Array.from({ length: 11 }, (_, n) => `https://a.example/${n}`) }),
    /^redirectUris/,
  ],
  ['a long address', changed(app, { redirectUris: [`https://a.example/${'a'.repeat(2048)}`] }), /^redirectUris/],
  ['an app without an address', changed(app, { redirectUris: [] }), /^redirectUris/],
  ...[
    ...['http://example.com/callback', 'http://127.0.0.1/a/../callback', 'https://example.com/callback#a'],
    ...['https://a@example.com/', 'HTTPS://example.com/', 'javascript:alert(1)', 'callback', 7],
    ...['https://127.0.0.1/callback', 'https://localhost/callback', 'http://localhost/callback'],
    ...['https://10.0.0.1/callback', 'https://[2001:db8::1]/callback', 'https://intranet/callback'],
    ...['https://:p@example.com/callback', 'https://*.example.com/callback', 'https://example.com./callback'],
  ].map((uri) => [`the address ${uri}`, changed(app, { redirectUris: [uri] }), /^redirectUris/] as const),
  [
    'a refresh after the revocations are forgotten',
    changed(app, { refreshSeconds: 180 * 86_400 + 1 }),
    /^refreshSeconds/,
  ],
  ['a session that is never refreshed', changed(session, { refreshSeconds: undefined }), /^refreshSeconds/],
  ['a session of a sign-in of any age', changed(session, { signInSecondsMax: 3601 }), /^signInSecondsMax/],
  ['a session without a secret', { ...session, auth: 'none' }, /^auth/],
  ['a machine that exchanges', { ...machine, grants: { ...machine.grants, ...service.grants } }, /^grants/],
  ['a target that does not exist', changed(machine, { targets: { evil: ['notes:read'] } }), /^targets has one/],
  ['an inherited target', changed(machine, { targets: { toString: ['notes:read'] } }), /^targets has one/],
  ['no target', changed(machine, { targets: {} }), /^targets is empty/],
  ['no scopes', changed(machine, { targets: { graphql: [] } }), /^graphql has no scopes/],
  [
    'a scope of another target',
    changed(service, { targets: { exporter: ['notes:write'] } }),
    /^exporter does not have/,
  ],
  ['a scope twice', changed(machine, { targets: { graphql: ['notes:read', 'notes:read'] } }), /twice/],
  ['a life of 301 seconds', changed(machine, { lifetimeSeconds: 301 }), /^lifetimeSeconds/],
  ['a life of half a second', changed(machine, { lifetimeSeconds: 0.5 }), /^lifetimeSeconds/],
  ['no life', changed(machine, { lifetimeSeconds: undefined }), /^lifetimeSeconds/],
  ['subjects of a third party', changed(service, { subjects: ['assistant'] }), /^subjects/],
  ['no subjects', changed(service, { subjects: [] }), /^subjects/],
  ['an audience that does not exist', changed(service, { receives: 'evil' }), /^receives/],
  ['an exchange into the same audience', changed(service, { receives: 'exporter' }), /nothing would be exchanged/],
]

describe('the table of grants', () => {
  it.each(ownClientIds)('has no fault in the row %s', (id) => {
    expect([clientFaults(ownRow(id), 'own'), isClientId(id)]).toEqual([[], true])
  })

  it('has no row for another id', () => {
    for (const id of ['', 'toString', '__proto__', 'portal2']) expect(ownRow(id)).toBeUndefined()
  })

  it.each([app, machine, service, session])('has no fault in an allowed row', (row) => {
    expect(clientFaults(row, 'own')).toEqual([])
  })

  it.each(faulty)('reports %s in one line', (_name, given, fault) => {
    const faults = clientFaults(given, 'own')
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
    expect(faults[0]).not.toContain('\n')
  })

  it('reports every fault of a row', () => {
    const both = { ...changed(machine, { lifetimeSeconds: 0, targets: {} }), auth: 'none' }
    expect(clientFaults(both, 'own')).toHaveLength(3)
  })
})

/** Rows of apps that only a third party's rules refuse. */
const refusedApps: readonly (readonly [name: string, row: object, fault: RegExp])[] = [
  ['an app with a scope of operators', changed(app, { targets: { graphql: ['notes:audit'] } }), /own/],
  ['an app for the exporter', changed(app, { targets: { exporter: ['notes:read'] } }), /takes no token of third/],
  ['Google without a secret', { ...google, auth: 'none' }, /^auth/],
  ['Google with its secret in the header', { ...google, auth: 'client_secret_basic' }, /^auth/],
  ['Alexa with its secret in the body', { ...alexa, auth: 'client_secret_post' }, /^auth/],
  ['Alexa without its switch', { ...alexa, requiresPkce: undefined }, /^requiresPkce/],
  ...[
    ...['https://evil.example/r/demo', 'https://oauth-redirect.googleusercontent.com.evil.example/r/demo'],
    ...['https://oauth-redirect.googleusercontent.com/r/demo?a=b', 'http://127.0.0.1/callback'],
  ].map(
    (uri) =>
      [`Google at ${uri}`, changed(google, { redirectUris: [uri] }), /^redirectUris has one that is not of/] as const,
  ),
  ...['https://layla.amazon.com.evil.example/api', 'https://evil.example/?layla.amazon.com', 'http://127.0.0.1/'].map(
    (uri) =>
      [`Alexa at ${uri}`, changed(alexa, { redirectUris: [uri] }), /^redirectUris has one that is not of/] as const,
  ),
]

describe('a third party', () => {
  it('may act for itself, with scopes that a person can judge', () => {
    expect(clientFaults(machine, 'third')).toEqual([])
    const audit = changed(machine, { targets: { graphql: ['notes:audit'] } })
    expect([clientFaults(audit, 'third'), clientFaults(audit, 'own')]).toEqual([[expect.stringMatching(/own/)], []])
  })

  it.each([app, { ...app, auth: 'private_key_jwt' }, google, alexa, { ...alexa, requiresPkce: true }])(
    'may let people sign in',
    (row) => {
      expect(clientFaults(row, 'third')).toEqual([])
    },
  )

  it.each([service, session])('never exchanges tokens', (row) => {
    expect(clientFaults(row, 'third')).toEqual([expect.stringMatching(/own clients/)])
  })

  it.each([google, alexa])('alone links accounts', (row) => {
    expect(clientFaults(row, 'own')).toEqual([expect.stringMatching(/is for third parties/)])
  })

  it.each(refusedApps)('is refused as %s', (_name, row, fault) => {
    expect(clientFaults(row, 'third')).toEqual([expect.stringMatching(fault)])
  })
})

describe('a combination that does not exist', () => {
  it('does not compile', () => {
    const grant = { targets: { graphql: ['notes:read'] }, lifetimeSeconds: 60 } as const
    const rows: unknown[] = [
      // @ts-expect-error a machine has no exchange
      { profile: 'machine', auth: 'client_secret_basic', grants: service.grants } satisfies ClientRow,
      // @ts-expect-error an app has no grant without a person
      { profile: 'app', auth: 'none', grants: { client_credentials: grant } } satisfies ClientRow,
      // @ts-expect-error a session of the user pool
      { ...session.grants.sign_in, subjects: ['web'] } satisfies SignInGrant,
      // @ts-expect-error an app of the product with a secret
      { ...app, auth: 'client_secret_basic' } satisfies OwnRow,
      // @ts-expect-error a linked account of the product
      google satisfies OwnRow,
      // @ts-expect-error a linked account without a secret
      { ...google, auth: 'none' } satisfies ClientRow,
      // @ts-expect-error a confidential client without a proof
      { profile: 'machine', auth: 'none', grants: { client_credentials: grant } } satisfies ClientRow,
      // @ts-expect-error a scope of another target
      { ...grant, targets: { exporter: ['notes:write'] } } satisfies Grant,
      // @ts-expect-error a third party as a subject
      { ...service.grants.exchange, subjects: ['assistant'] } satisfies (typeof service)['grants']['exchange'],
    ]
    expect(rows).toHaveLength(9)
  })
})
