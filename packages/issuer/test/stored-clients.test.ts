/** Clients of third parties in the real table, and what the same rules refuse. */
import { generateKeyPairSync } from 'node:crypto'
import { clientEntryKey, clientKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { readRevocations } from '@fieldnotes/table/revocations'
import { describe, expect, it } from 'vitest'
import type { IssuerClient } from '../src/clients/issuer-client.ts'
import {
  addClient,
  disableClient,
  enableClient,
  listClients,
  readClient,
  rotateClient,
  storedClientFaults,
} from '../src/clients/stored-clients.ts'
import { accessTable } from './kit/access-table.ts'

const now = 1_800_000_000_000
const { table } = accessTable()

const grants = { client_credentials: { targets: { graphql: ['notes:read'] }, lifetimeSeconds: 60 } } as const
const row = { profile: 'machine', auth: 'client_secret_basic', grants } as const
const credentials = { secretDigests: [digestOf('secret')] }

/** What a list says of it. */
const shown = { profile: 'machine', auth: 'client_secret_basic', faults: [], createdAt: now / 1000 }

function client(id: string, change: object = {}): IssuerClient {
  return { id, row, credentials, ...change }
}

const published = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' })

/** A client with this key. */
function signing(jwk: object): IssuerClient {
  return client('a', { row: { ...row, auth: 'private_key_jwt' }, credentials: { jwks: { keys: [jwk] } } })
}

describe('a client of a third party', () => {
  it.each([published, { ...published, use: 'sig', kid: 'k' }])('may have a public key', async (jwk) => {
    expect(storedClientFaults(signing(jwk))).toEqual([])
  })

  it('is read as it was added, and added once', async () => {
    await addClient(table(), client('partner'), now)
    expect(await readClient(table(), 'partner')).toEqual(client('partner'))
    await expect(addClient(table(), client('partner'), now)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('keeps the earlier secret while its holder gets the new one', async () => {
    const next = digestOf('next')
    await rotateClient(table(), 'partner', ({ secretDigests = [] }) => ({ secretDigests: [next, ...secretDigests] }))
    expect((await readClient(table(), 'partner'))?.credentials.secretDigests).toEqual([next, digestOf('secret')])
    const third = rotateClient(table(), 'partner', ({ secretDigests = [] }) => ({
      secretDigests: ['x', ...secretDigests],
    }))
    await expect(third).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    await expect(rotateClient(table(), 'nobody', () => credentials)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('that was disabled is not read, and still listed', async () => {
    await addClient(table(), client('former'), now)
    await disableClient(table(), 'former', now)
    expect(await readClient(table(), 'former')).toBeUndefined()
    expect(await listClients(table())).toEqual([
      { id: 'former', ...shown, disabled: true },
      { id: 'partner', ...shown, disabled: false },
    ])
    expect(await listClients(table(), 'former')).toHaveLength(1)
    await expect(disableClient(table(), 'nobody', now)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await readRevocations(table(), 0)).toEqual([
      { kind: 'client', issuer: 'fieldnotes', clientId: 'former', at: now / 1000 },
    ])
    // A new secret of it would not work.
    await expect(rotateClient(table(), 'former', (before) => before)).rejects.toMatchObject({ code: 'CONFLICT' })
    await enableClient(table(), 'former')
    expect(await readClient(table(), 'former')).toEqual(client('former'))
    await expect(enableClient(table(), 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await rotateClient(table(), 'partner', (before) => before)
  })

  it.each([
    ['the id of an own client', client('portal')],
    ['the name of an app', client('web')],
    ['an id of another form', client('A#B')],
    ['a grant of own clients', client('a', { row: { ...row, profile: 'service' } })],
    ['no secret', client('a', { credentials: {} })],
    ['a secret that is no digest', client('a', { credentials: { secretDigests: ['secret'] } })],
    ['three secrets', client('a', { credentials: { secretDigests: Array(3).fill(digestOf('a')) } })],
    ['a private key', signing({ ...published, d: 'x' })],
    ['a key that is no point', signing({ ...published, y: published.x })],
    ['a key without a point', signing({ kty: 'EC' })],
    ['a key of another curve', signing(curve)],
    ['an RSA key of 1,024 bits', signing(weak)],
    ['a key that encrypts', signing({ ...published, use: 'enc' })],
    ['a key whose id is no text', signing({ ...published, kid: 5 })],
  ])('is not added with %s', async (_name, given) => {
    await expect(addClient(table(), given, now)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  it.each([
    ['a row that today’s rules do not allow', { row: { ...row, profile: 'service' }, credentials }],
    ['no row', {}],
    ['no credentials', { row }],
  ])('is not read from an item with %s', async (_name, item) => {
    await table().write({ put: { ...clientKey('broken'), ...item } })
    expect(await readClient(table(), 'broken')).toBeUndefined()
  })

  it('is listed with what today’s rules find wrong with it', async () => {
    await table().write({ put: { ...clientKey('odd'), row: { ...row, auth: 'none' }, credentials } })
    await table().write({ put: { ...clientEntryKey('odd') } })
    const [odd] = await listClients(table(), 'former')
    expect(odd).toMatchObject({ id: 'odd', faults: [expect.stringMatching(/^auth/)] })
  })

  it.each(['', 'CLIENT', 'a#b', 'x'.repeat(65)])('with an id of another form needs no read: %s', async (id) => {
    expect(await readClient({ get: () => Promise.reject(new Error('read')) }, id)).toBeUndefined()
  })
})
