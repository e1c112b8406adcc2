/** The operators' command inside of `sst shell`: the stage's links, its issuers, its clock, and its table's answers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { revocationStoredSeconds } from '@fieldnotes/core/revocation'
import { describe, expect, it } from 'vitest'
import { formatInstant } from '../../src/admin/parse-instant.ts'
import { type Ended, runCommand } from '../run-command.ts'

function app(stage: string) {
  return { SST_RESOURCE_App: JSON.stringify({ name: 'fieldnotes', stage }) }
}

function notes(link: object) {
  return { SST_RESOURCE_Notes: JSON.stringify(link) }
}

const issuers = JSON.stringify([
  {
    name: 'keycloak',
    issuer: 'https://id.example.com/realms/notes',
    jwksUri: 'https://id.example.com/realms/notes/certs',
    audience: 'notes',
    clientIds: ['web'],
  },
])
const link = { accessTableName: 'access-of-alice', region: 'eu-west-1' }
const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: '' }

function revoke(words: readonly string[], environment: object): Promise<Ended> {
  return runCommand('admin/admin.ts', ['revoke', ...words, '--stage', 'alice'], { ...keys, ...environment })
}

/** An item that the command writes. */
interface Item {
  readonly pk: { readonly S: string }
  readonly expiresAt: { readonly N: string }
}

/** Answers one request of the command. */
type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

/** A database that answers as given. Without a date, Node.js adds none either. */
async function database(answer: { readonly get: Answer; readonly put?: Answer }) {
  const bodies: unknown[] = []
  const server = createServer(async (request, response) => {
    response.sendDate = false
    if (request.method !== 'POST') return answer.get(request, response)
    bodies.push(await json(request))
    return (answer.put ?? written)(request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const environment = { ...app('alice'), ...notes(link), AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` }
  return { environment, bodies, [Symbol.asyncDispose]: async () => void server.close() }
}

function dated(secondsAhead: number): Answer {
  return (_request, response) => {
    response.writeHead(200, { date: new Date(Date.now() + secondsAhead * 1000).toUTCString() }).end('healthy')
  }
}

/** An answer without the requested capacity is incomplete, and so no proof of a write. */
function written(_request: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify({ ConsumedCapacity: { TableName: link.accessTableName, CapacityUnits: 1 } })
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
}

function failing(status: number, name: string, message: string): Answer {
  return (_request, response) => {
    const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message })
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
  }
}

/** Answers in the second after the request's, so that the write has a later second than the start of the command. */
async function inTheNextSecond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await setTimeout(1010 - (Date.now() % 1000))
  dated(0)(request, response)
}

const login = ['login', 'x', '--yes']

describe('the links of sst shell', { timeout: 60_000 }, () => {
  it.each([
    ['links of another stage', { ...app('bob'), ...notes({ accessTableName: 'a', region: 'r' }) }, /links of bob/],
    ['no second table', { ...app('alice'), ...notes({ tableName: 'a', region: 'eu-west-1' }) }, /no table Access/],
    ['links that are no JSON', { ...app('alice'), SST_RESOURCE_Notes: '{' }, /no table Access/],
  ])('end with status 1: %s', async (_what, environment, message) => {
    const { status, err } = await revoke(['login', 'x'], environment)
    expect([status, err]).toEqual([1, expect.stringMatching(message)])
  })
})

describe('the issuer of a token on a stage', { timeout: 60_000 }, () => {
  const all = { ...link, firebaseProject: 'notes-1', fieldnotesIssuer: 'https://id.example.com/oauth', issuers }

  it.each([
    ['cognito', link],
    ['firebase', all],
    ['fieldnotes', all],
    ['keycloak', all],
  ])('is accepted: %s', async (name, given) => {
    const { status, out } = await revoke(['token', 'x', '--issuer', name], { ...app('alice'), ...notes(given) })
    expect([status, out]).toEqual([0, expect.stringContaining('Dry run')])
  })

  it.each([
    ['cognitoo', all, /--issuer on alice takes cognito, firebase, fieldnotes, or keycloak\./],
    ['firebase', { ...link, firebaseProject: '' }, /--issuer on alice takes cognito\./],
    ['keycloak', { ...link, issuers: '[]' }, /--issuer on alice takes cognito\./],
  ])('is refused where the stage does not trust it: %s', async (name, given, message) => {
    await using stage = await database({ get: dated(0) })
    const environment = { ...stage.environment, ...notes(given) }
    const { status, err } = await revoke(['token', 'x', '--issuer', name, '--yes'], environment)
    expect([status, err, stage.bodies]).toEqual([2, expect.stringMatching(message), []])
  })

  it('is refused with status 1 where the list of the stage can not be read', async () => {
    const environment = { ...app('alice'), ...notes({ ...link, issuers: '[{}]' }) }
    const { status, err } = await revoke(['client', 'x', '--issuer', 'cognito'], environment)
    expect([status, err]).toEqual([1, expect.stringContaining('The issuers of alice can')])
    expect((await revoke(['login', 'x'], environment)).status).toBe(0)
  })
})

describe('the clock of an operator', { timeout: 60_000 }, () => {
  it.each([
    [60, 'behind'],
    [-60, 'ahead'],
  ])('is compared with the database: %i seconds stop the command before the write', async (seconds, word) => {
    await using stage = await database({ get: dated(seconds) })
    const { status, err } = await revoke(login, stage.environment)
    expect([status, err]).toEqual([1, expect.stringMatching(new RegExp(`clock is (59|60|61) seconds ${word}`))])
    expect(stage.bodies).toEqual([])
  })

  it.each([
    ['has no date', (_request: IncomingMessage, response: ServerResponse) => void response.end('healthy')],
    ['is no HTTP', (request: IncomingMessage) => void request.socket.destroy()],
  ])('stops the command before the write where the database’s answer %s', async (_what, get) => {
    await using stage = await database({ get })
    const { status, err } = await revoke(login, stage.environment)
    expect([status, err, stage.bodies]).toEqual([1, expect.stringContaining("clock can't be compared with"), []])
  })
})

describe('the write on a stage', { timeout: 60_000 }, () => {
  it('stores the expiry that the command prints, also when the check of the clock took a second', async () => {
    await using stage = await database({ get: inTheNextSecond })
    const started = Math.floor(Date.now() / 1000)
    const { status, out } = await revoke([...login, '--json'], stage.environment)
    expect(status).toBe(0)
    const bodies = stage.bodies as { readonly Item?: Item }[]
    const items = bodies.flatMap(({ Item }) => Item ?? [])
    expect(items.map(({ pk }) => pk.S)).toEqual([expect.stringMatching(/^ENDED#login#/), 'REVOKED'])
    const entryEnd = Number(items.at(-1)?.expiresAt.N)
    expect(JSON.parse(out).expiresAt).toBe(formatInstant(entryEnd))
    expect(entryEnd).toBeGreaterThan(started + revocationStoredSeconds)
  })

  it('is reported as refused, with the table’s reason, where it certainly did not happen', async () => {
    const put = failing(400, 'AccessDeniedException', 'User: operator is not authorized to perform: dynamodb:PutItem')
    await using stage = await database({ get: dated(0), put })
    const { status, err } = await revoke(login, stage.environment)
    expect(status).toBe(1)
    expect(err).toMatch(/Nothing was written to the table access-of-alice \(.*AccessDeniedException: User: operator/)
    expect(err).not.toContain('again')
  })

  it('is reported as unknown, to be repeated, where the table failed', async () => {
    const put = failing(500, 'InternalServerError', 'internal')
    await using stage = await database({ get: dated(0), put })
    const { status, err } = await revoke(login, stage.environment)
    expect([status, err]).toEqual([
      1,
      expect.stringMatching(/gave no answer .*InternalServerError.*run the command again/),
    ])
  })
})
