import type { Known, Principal, User } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { personId } from '../../src/principal/person-id.ts'
import { authenticate, identityWith } from '../kit/identities.ts'
import { type Members, mint, type Shape, shapes } from '../kit/mint.ts'
import { cognitoRow, firebaseRow, now } from '../kit/rows.ts'

const identity = identityWith()
async function of(shape: Shape, claims: Members = {}): Promise<User> {
  return (await authenticate(identity, mint(shape, claims))) as User
}
const { cognito, firebase, oidc } = shapes

describe('the id of a principal', () => {
  it('is the same for the same person, whatever the token', async () => {
    expect((await of(cognito, { jti: 'x', exp: now + 60 })).id).toBe((await of(cognito)).id)
  })

  it('differs for one subject at two issuers', async () => {
    const ids = await Promise.all(
      [cognito, firebase, oidc].map((shape) => of(shape, { sub: 'same', user_id: undefined })),
    )
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3)
  })

  it('is the same under both issuers of a pool', async () => {
    expect((await of(cognito, { iss: cognitoRow.issuerAlias })).id).toBe((await of(cognito)).id)
  })

  it('differs for subjects that differ in case', async () => {
    expect((await of(oidc, { sub: 'Person-1' })).id).not.toBe((await of(oidc)).id)
  })

  it('is 160 bits of SHA-256 over issuer and subject after their lengths, and never changes', () => {
    expect(personId('https://auth.fieldnotes.dev', 'person-1')).toBe('wIIK903oPU0nKClpkqvdhPsf6s4')
    expect(personId('ab', 'c')).not.toBe(personId('a', 'bc'))
    expect(personId('a', '1:b')).not.toBe(personId('a1:', 'b'))
  })
})

/** What is in the token → what the principal may do. */
const scopes: readonly (readonly [string, Shape, Members, readonly string[]])[] = [
  ['maps Cognito’s spelling', cognito, { scope: 'notes/read notes/write' }, ['notes:read', 'notes:write']],
  ['drops what the table does not list', cognito, { scope: 'openid aws.cognito.signin.user.admin notes/erase' }, []],
  ['takes none of our names from Cognito', cognito, { scope: 'notes:read notes.read read' }, []],
  ['takes no scope of another resource server', cognito, { scope: 'other/read notes2/read /read' }, []],
  ['takes no prefix and no suffix', oidc, { scope: 'notes:readx notes notes: xnotes:read notes:rea' }, []],
  ['takes no other case', oidc, { scope: 'Notes:Read NOTES:READ' }, []],
  ['takes no wildcard', oidc, { scope: '* notes:* notes:**' }, []],
  ['takes nothing that the table only inherits', oidc, { scope: 'constructor __proto__ toString' }, []],
  ['knows no separator but the space', oidc, { scope: 'notes:read,notes:write notes:read\tnotes:write' }, []],
  ['grants nothing for an empty scope', oidc, { scope: '' }, []],
  ['grants nothing without scope', oidc, { scope: undefined }, []],
  ['grants Cognito users nothing without scope', cognito, { scope: undefined }, []],
  ['ignores superfluous spaces', oidc, { scope: '  notes:read   notes:write ' }, ['notes:read', 'notes:write']],
  ['ignores `scp` and `scopes`', oidc, { scope: undefined, scp: ['notes:read'], scopes: 'notes:read' }, []],
  ['gives Firebase users the row’s own set', firebase, {}, ['notes:read']],
  ['prefers a Firebase user’s scope claim', firebase, { scope: 'notes:write' }, ['notes:write']],
  ['prefers even an empty one', firebase, { scope: '' }, []],
  ['drops unknown scopes of a Firebase user', firebase, { scope: 'notes:admin' }, []],
]

describe('the scopes of a principal', () => {
  it.each(scopes)('%s', async (_what, shape, claims, expected) => {
    expect([...(await of(shape, claims)).scopes]).toEqual(expected)
  })
})

const many = Array.from({ length: 100 }, (_, i) => `g${i}`)
const groups: readonly (readonly [string, Shape, Members, readonly string[]])[] = [
  ['prefixes the issuer', cognito, {}, ['cognito:staff']],
  ['is empty without the claim', cognito, { 'cognito:groups': undefined }, []],
  ['ignores `groups` of a Cognito token', cognito, { 'cognito:groups': [], groups: ['staff'] }, []],
  ['ignores `cognito:groups` of a Firebase token', firebase, { groups: undefined, 'cognito:groups': ['staff'] }, []],
  ['ignores `cognito:groups` of an RFC 9068 token', oidc, { groups: undefined, 'cognito:groups': ['staff'] }, []],
  ['cannot name another issuer’s group', firebase, { groups: ['cognito:staff'] }, ['firebase:cognito:staff']],
  ['takes a hundred', oidc, { groups: many }, many.map((group) => `own:${group}`)],
  ['takes each once', oidc, { groups: ['a', 'a'] }, ['own:a']],
  ['takes 128 characters', oidc, { groups: ['x'.repeat(128)] }, [`own:${'x'.repeat(128)}`]],
  ['takes other alphabets', oidc, { groups: ['редакция 1'] }, ['own:редакция 1']],
]

describe('the groups of a principal', () => {
  it.each(groups)('%s', async (_what, shape, claims, expected) => {
    expect([...(await of(shape, claims)).groups]).toEqual(expected)
  })
})

describe('a service', () => {
  it('is a Cognito client that acts for itself', async () => {
    const principal: Principal = await of(cognito, { sub: 'web', username: undefined, auth_time: undefined })
    expect(principal).toMatchObject({ kind: 'service', subject: 'web', clientId: 'web', authenticatedAt: undefined })
    expect(principal).not.toHaveProperty('name')
    expect(principal).not.toHaveProperty('email')
  })

  it('is an OAuth client that acts for itself', async () => {
    expect(await of(oidc, { sub: 'app-1' })).toMatchObject({ kind: 'service', clientId: 'app-1' })
  })

  it('is never a Firebase account', async () => {
    expect(await of(firebase, { client_id: firebase.claims.sub })).toMatchObject({ kind: 'user', clientId: undefined })
  })

  it('is not a person without a username', async () => {
    expect(await of(cognito, { username: undefined })).toMatchObject({ kind: 'user', name: undefined })
  })
})

const names: readonly (readonly [unknown, string | undefined])[] = [
  ['Carol', 'Carol'],
  ['  Carol \t Danvers\n', 'Carol Danvers'],
  ['a\u0000b\u001b[31mc', 'a b [31mc'],
  ['\u202eloraC', 'loraC'],
  ['a\u2028b', 'a b'],
  ['a\ud800b', 'a b'],
  ['Zoë', 'Zoë'.normalize('NFC')],
  ['Zoe\u0308', 'Zo\u00eb'],
  ['نمی\u200cدانم', 'نمی\u200cدانم'],
  ['👩\u200d🚀', '👩\u200d🚀'],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['x'.repeat(81), 'x'.repeat(80)],
  [`${'x'.repeat(79)} y`, 'x'.repeat(79)],
  ['🦔'.repeat(81), '🦔'.repeat(80)],
  ['', undefined],
  [' \n ', undefined],
  // Other people may read a name, and not an address.
  ['carol@corp.example', undefined],
  [' Carol <carol@corp.example> ', undefined],
  ['Carol @ home', 'Carol @ home'],
  ['Carol @ St. Mary', 'Carol @ St. Mary'],
  ['@carol', '@carol'],
  [`${'a'.repeat(79)}@corp.example`, undefined],
  [`${'a'.repeat(85)}@corp.example`, undefined],
  [`${'Carol of the department of long names '.repeat(3)}carol@corp.example`, undefined],
  ['carol @corp.example', undefined],
  ['carol\u00a0@\u00a0corp.example', undefined],
  ['carol\u202e@\u0000corp', undefined],
  ['carol\u200b@\u200bcorp.example', undefined],
  ['carol＠corp.example', undefined],
  ['carol ﹫ corp．example', undefined],
  ['CORP\\carol', undefined],
  ['Carol \\o/', 'Carol \\o/'],
  [7, undefined],
  [['Carol'], undefined],
  [undefined, undefined],
]

describe('the name of a user', () => {
  it.each(names)('makes of %j one printable line: %j', async (name, expected) => {
    expect((await of(firebase, { name })).name).toBe(expected)
  })

  it('is Cognito’s `name` before its `username`', async () => {
    expect((await of(cognito, { name: 'Alice' })).name).toBe('Alice')
    expect((await of(cognito)).name).toBe('alice')
  })

  it.each([
    [
      'generated by Cognito',
      { sub: 'f0e1d2c3-0000-4000-8000-000000000001', username: 'f0e1d2c3-0000-4000-8000-000000000001' },
    ],
    ['that a SAML provider’s address is in', { username: 'saml_carol@corp.example' }],
    ['of a Google account', { username: 'google_102938475610293847561' }],
    ['that is an address', { username: 'carol@corp.example' }],
  ])('is no `username` %s', async (_what, claims) => {
    expect((await of(cognito, claims)).name).toBeUndefined()
    expect((await of(cognito, { ...claims, name: 'Carol' })).name).toBe('Carol')
  })

  it('is no `username` elsewhere', async () => {
    expect((await of(oidc, { username: 'x' })).name).toBeUndefined()
  })
})

const address = 'carol@example.com'
const emails: readonly (readonly [string, Members, string | undefined])[] = [
  ['a verified address', { email: address, email_verified: true }, address],
  [
    '254 characters',
    { email: `${'x'.repeat(242)}@example.com`, email_verified: true },
    `${'x'.repeat(242)}@example.com`,
  ],
  ['an unverified address', { email: address, email_verified: false }, undefined],
  ['verified as text', { email: address, email_verified: 'true' }, undefined],
  ['verified as a number', { email: address, email_verified: 1 }, undefined],
  ['nothing said', { email: address, email_verified: undefined }, undefined],
  ['no address', { email: undefined, email_verified: true }, undefined],
  ['a list', { email: [address], email_verified: true }, undefined],
  ['no at sign', { email: 'carol', email_verified: true }, undefined],
  ['two at signs', { email: 'a@b@c', email_verified: true }, undefined],
  ['a space', { email: 'a b@c', email_verified: true }, undefined],
  ['a newline at the end', { email: `${address}\n`, email_verified: true }, undefined],
  ['an invisible mark', { email: `\u202e${address}`, email_verified: true }, undefined],
  ['255 characters', { email: `${'x'.repeat(243)}@example.com`, email_verified: true }, undefined],
]

describe.each(Object.entries(shapes))('the address of a user, %s', (_name, shape) => {
  it.each(emails)('is verified or absent: %s', async (_what, claims, expected) => {
    expect((await of(shape, claims)).email).toBe(expected)
  })
})

describe('a principal', () => {
  it.each(Object.values(shapes))('of $issuer cannot be changed', async (shape) => {
    const principal: Known = await of(shape)
    expect(Object.isFrozen(principal)).toBe(true)
    for (const set of [principal.scopes, principal.groups] as Set<string>[]) {
      expect(() => set.add('notes:admin')).toThrow('This set is frozen.')
      expect(() => set.delete('notes:read')).toThrow('This set is frozen.')
      expect(() => set.clear()).toThrow('This set is frozen.')
      expect(() => Object.assign(set, { has: () => true })).toThrow(TypeError)
    }
    expect(principal.scopes.has('notes:read')).toBe(true)
  })

  it('says when a Firebase person signed in', async () => {
    expect(await of(firebase, { jti: undefined })).toMatchObject({ authenticatedAt: now - 60, tokenId: undefined })
  })

  it('accepts a tenant only where the row names it', async () => {
    const tenants = identityWith({ issuers: [{ ...firebaseRow, tenant: 'acme' }] })
    const attempt = (claim: unknown) => authenticate(tenants, mint(firebase, { firebase: claim }))
    expect(await attempt({ tenant: 'acme' })).toMatchObject({ kind: 'user' })
    for (const claim of [undefined, null, {}, 'acme', { tenant: 'other' }, { tenant: null }, { tenant: ['acme'] }]) {
      await expect(attempt(claim)).rejects.toMatchObject({ reason: 'tenant_wrong' })
    }
  })
})
