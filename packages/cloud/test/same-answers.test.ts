/** The first journey against two targets: the bundle under Lambda's runtime client, and the process of `npm start`. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { firstNotes, type Target, type TokenRequest } from '@fieldnotes/journeys/first-notes'
import { type GraphQLResponse, httpRequestOf, parseResponse } from '@fieldnotes/journeys/graphql-client'
import {
  atLaptop,
  createFolder,
  deleteFolder,
  type LocalCloud,
  startLocalCloud,
} from '@fieldnotes/journeys/local-cloud'
import { type LocalIssuer, mint } from '@fieldnotes/local/local-issuers'
import { clientId, defaultScope, projectId } from '@fieldnotes/local/token-claims'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { always, passTo, type Responder } from '../src/lambda/far-side.ts'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { createWorld, event, links, responseOf, type World } from './world.ts'

const { region, userPoolId, resource } = links.Notes
const issuers = {
  cognito: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
  firebase: `https://securetoken.google.com/${projectId}`,
}

let world: World
let sandbox: Sandbox
let laptop: LocalCloud
let mintAt: (issuer: TokenRequest['issuer']) => LocalIssuer
/** The web app of the laptop. */
const clients = { clientIds: [clientId], clientScopes: [{ id: clientId, scopes: defaultScope.split(' ') }] }
/** The database that both targets use. */
let database: Responder = (_, response) => void response.destroy()
const front = createServer((request, response) => database(request, response))

async function keysOfBoth() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const kid = { kid: 'one', alg: 'RS256', use: 'sig' }
  const privateJwk = { ...(await exportJWK(privateKey)), ...kid }
  const jwks = always({ keys: [{ ...(await exportJWK(publicKey)), ...kid }] })
  return { privateJwk, jwks }
}

beforeAll(async () => {
  world = await createWorld()
  database = passTo(world.database)
  const { privateJwk, jwks } = await keysOfBoth()
  mintAt = (name) => ({ name, issuer: issuers[name], jwksUri: '', privateJwk })
  sandbox = await world.open('same', {
    links: { ...links, Notes: { ...links.Notes, ...clients, firebaseProject: projectId } },
    database: (request, response) => database(request, response),
    services: { [new URL(issuers.cognito).host]: jwks, 'www.googleapis.com': jwks },
  })
  await once(front.listen(0, '127.0.0.1'), 'listening')
  const { port } = front.address() as AddressInfo
  laptop = await startLocalCloud(createFolder(), ['--ephemeral'], { DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` })
})

afterAll(async () => {
  await laptop.end()
  front.close()
  front.closeAllConnections()
  await world.stop()
  deleteFolder(laptop.folder)
})

const onLambda: Target = {
  token({ issuer, as, scope, group }) {
    const issuedAt = Math.floor(Date.now() / 1000)
    const contents = { person: as, scope, issuedAt, expiresAt: issuedAt + 3600, groups: group ? [group] : [] }
    return mint(mintAt(issuer), contents)
  },
  async ask(question) {
    const { method, body, headers } = httpRequestOf(question)
    const request = event('/graphql', { method, body })
    const response = responseOf(await sandbox.invoke({ ...request, headers: { ...request.headers, ...headers } }))
    return parseResponse(response.statusCode, new Headers(response.headers), response.body)
  },
}

/** Removes the explanation of decisions, which only development adds. */
function withoutExplanation(text: string): string {
  const { extensions, ...answer } = JSON.parse(text)
  expect(Object.keys(extensions ?? {})).toEqual(extensions ? ['authorization'] : [])
  return JSON.stringify(answer)
}

const onLaptop: Target = {
  token: (caller) => atLaptop(laptop).token(caller),
  async ask(question) {
    const answer = await atLaptop(laptop).ask(question)
    return { ...answer, text: withoutExplanation(answer.text) }
  },
}

const instant = /\d{4}-\d\d-\d\dT[\d:.]+Z/g

type Names = Readonly<Record<string, string>>

/** Replaces values that must differ by the same names: ids, times, and the endpoint's address. */
function named(text: string, names: Names): string {
  const origins = [laptop.url, resource].map((url) => ['origin', new URL(url).origin] as const)
  return [...Object.entries(names), ...origins]
    .reduce((all, [name, value]) => all.replaceAll(value, `<${name}>`), text)
    .replace(instant, '<instant>')
}

const compared = ['content-type', 'www-authenticate', 'cache-control', 'retry-after']

function seen({ status, headers, text }: GraphQLResponse, names: Names) {
  return {
    status,
    headers: Object.fromEntries(
      compared.map((name) => [name, headers.get(name) && named(headers.get(name) ?? '', names)]),
    ),
    hasRequestId: Boolean(headers.get('x-request-id')),
    body: named(text, names),
  }
}

async function wholeWay(target: Target) {
  const { answers, known } = await firstNotes(target)
  return Object.fromEntries(Object.entries(answers).map(([step, answer]) => [step, seen(answer, { ...known })]))
}

describe('function under Lambda’s runtime client and `npm start`', () => {
  it('answer the first journey alike: status, headers and body are equal bytes except for ids and instants', async () => {
    const there = await wholeWay(onLaptop)
    expect(await wholeWay(onLambda)).toEqual(there)
    // Checks one response itself, so that two equal failures do not pass.
    expect(there.aliceReads?.body).toBe('{"data":{"note":{"id":"<note>","title":"Groceries","content":"Milk"}}}')
    expect(there.forgerReads).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringContaining('resource_metadata="<origin>/') },
    })
    expect(Object.values(there).every(({ hasRequestId }) => hasRequestId)).toBe(true)
  })

  it('answer an outage of the table alike: 503, and when to try again', async () => {
    const alice = { issuer: 'cognito', as: 'alice' } as const
    database = (_, response) => void response.destroy()
    const answers = await Promise.all(
      [onLaptop, onLambda].map(async ({ token, ask }) =>
        ask({ query: '{ notes { nodes { id } } }', token: await token(alice) }),
      ),
    )
    database = passTo(world.database)
    const [there, here] = answers.map((answer) => seen(answer, {}))
    expect(here).toEqual(there)
    expect(there).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, hasRequestId: true })
  })
})
