/**
 * The walk of `npm run show:exchange`: one person, two services and three tokens, each of which opens one service
 * alone. Every line is compared with what it must be.
 */
import { setTimeout as wait } from 'node:timers/promises'
import * as openid from 'openid-client'
import type { World } from '../session/world.ts'
import { ask } from '../support/graphql-client.ts'
import { accessToken, claimsOf, exchange, issuerAt, type OwnIssuer } from '../support/own-issuer.ts'

/** One line: what was done, what came of it, and what it must be. */
export interface Line {
  readonly what: string
  readonly found: string
  readonly wanted: string
}

/** What the walk uses of a running cloud. */
export type WalkedCloud = Pick<World, 'url' | 'folder' | 'logged' | 'newBrowser'>

const app = 'localclient0001'

/** Signs a person in by code with PKCE, at the page of the user pool. */
async function signInByCode({ url, newBrowser }: WalkedCloud, person: string): Promise<string> {
  const insecure = { execute: [openid.allowInsecureRequests] }
  const pool = await openid.discovery(
    new URL(`${url}/cognito/eu-west-1_Local0001`),
    app,
    undefined,
    openid.None(),
    insecure,
  )
  const verifier = openid.randomPKCECodeVerifier()
  const request = openid.buildAuthorizationUrl(pool, {
    redirect_uri: 'http://127.0.0.1:9/callback',
    scope: 'openid profile notes/read notes/write',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const browser = newBrowser()
  const page = await browser.open(String(request))
  const back = await browser.submit(page, { username: person, password: `fieldnotes-${person}` }, 'Sign in')
  return (await openid.authorizationCodeGrant(pool, new URL(back.url), { pkceCodeVerifier: verifier })).access_token
}

/** A smaller token, as a client of our issuer gets it for a person's. */
export async function exchanged(issuer: OwnIssuer, client: string, subject: string, target: 'exporter' | 'graphql') {
  const parameters = { grant_type: exchange, subject_token: subject, subject_token_type: accessToken }
  const { body } = await issuer.as(client, { ...parameters, resource: issuer.targets[target], scope: 'notes:read' })
  return String(body.access_token)
}

/** Reads one after the other until the answer is the wanted one: the time of the test ends it. */
export async function readUntil(read: () => Promise<unknown>, wanted: string): Promise<void> {
  while ((await read()) !== wanted) await wait(50)
}

const exportIt = 'mutation { exportMyData(input: {}) { exportId status location } }'

async function titlesOf(url: string, token: string): Promise<string> {
  const { data } = await ask(url, { token, query: '{ me { id } notes { nodes { title owner { id } } } }' })
  const titles = data.notes.nodes.map((note: { title: string; owner: { id: string } }) =>
    note.owner.id === data.me.id ? note.title : 'a note of another person',
  )
  return titles.toSorted().join(', ')
}

/** The facts of the exporter's last request, as it has logged them. */
function loggedRequest(logged: string): Readonly<Record<string, unknown>> {
  const lines = logged.split('\n').map((line) => JSON.parse(line) as [string, string, Record<string, unknown>])
  return lines.findLast(([, event]) => event === 'export.request')?.[2] ?? {}
}

/** Walks, and reports each line. */
export async function walk(cloud: WalkedCloud, report: (line: Line) => void): Promise<void> {
  const { url } = cloud
  const issuer = issuerAt(cloud)
  const say = (what: string, found: unknown, wanted: string) => report({ what, found: String(found), wanted })
  const post = (token: string) =>
    fetch(`${url}/exporter/exports`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })

  const hers = await signInByCode(cloud, 'alice')
  say('alice signs in by code; her token is for the app', claimsOf(hers).client_id, app)
  for (const title of ['First', 'Second'])
    await ask(url, { token: hers, query: `mutation { createNote(input: { title: "${title}" }) { note { id } } }` })
  const { data } = await ask(url, { token: hers, query: exportIt })
  say(
    'the portal calls the endpoint with her token: exportMyData',
    data.exportMyData?.exportId ? 'an export' : 'none',
    'an export',
  )

  const { sub, act, scope } = loggedRequest(cloud.logged())
  const { sub: alice } = claimsOf(await issuer.subject('fieldnotes', { person: 'alice' }))
  say('the endpoint has exchanged it: the exporter logs the person', sub === alice ? 'alice' : sub, 'alice')
  say('the exporter logs who acts for her', act, 'fieldnotes-api')
  say('the exporter logs the scope', scope, 'notes:read')

  const forExporter = await exchanged(issuer, 'portal', hers, 'exporter')
  const { aud } = claimsOf(forExporter)
  say('the portal exchanges her token for one for the exporter', aud, issuer.targets.exporter)
  say('her own token at the exporter', (await post(hers)).status, '401')
  say('the exporter’s token at the exporter', (await post(forExporter)).status, '202')
  say(
    'the exporter’s token at /graphql',
    (await ask(url, { token: forExporter, query: '{ me { id } }' })).status,
    '401',
  )

  const onward = await exchanged(issuer, 'exporter', forExporter, 'graphql')
  say('the exporter exchanges it for one for /graphql, for', JSON.stringify(claimsOf(onward).act), actors)
  const write = await ask(url, {
    token: onward,
    query: 'mutation { createNote(input: { title: "x" }) { note { id } } }',
  })
  say('which writes nothing', write.codes.createNote, 'FORBIDDEN')
  const terminal = await issuer.subject('fieldnotes', { person: 'alice' })
  for (const [name, token] of Object.entries({
    'her own token': hers,
    'the exporter’s': onward,
    'her terminal’s': terminal,
  }))
    say(`her notes by ${name}`, await titlesOf(url, token), 'First, Second')
  say('and by bob’s', await titlesOf(url, await signInByCode(cloud, 'bob')), '')
}

const actors = '{"sub":"exporter","act":{"sub":"portal"}}'
