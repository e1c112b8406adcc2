/** Profiles by requests of an app of another party, each beside the same request of a client of the product. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type GraphQLResponse } from './support/graphql-client.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud, tokenOf } from './support/local-cloud.ts'

const folder = createFolder()
let cloud: LocalCloud
/** The handle of a person with whom notes are shared. */
let handle: string

beforeAll(async () => {
  cloud = await startLocalCloud(folder, ['--ephemeral'])
  const token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'friend')
  handle = (await ask(cloud.url, { token, query: '{ me { handle } }' })).data.me.handle
})
afterAll(async () => {
  await cloud.end()
  deleteFolder(folder)
})

const profile = '{ me { name email handle } }'
const claims = ['name=Mallory', 'email=mallory@third.example', 'email_verified=true']

/** A token of our own issuer with claims that differ from those of the person's own token. */
function tokenBy(client: string, person: string): Promise<string> {
  const words = [...claims, `client_id=${client}`].flatMap((claim) => ['--claim', claim])
  return tokenOf(cloud, '--issuer', 'fieldnotes', '--as', person, ...words)
}

async function profileBy(token: string) {
  return (await ask(cloud.url, { token, query: profile })).data.me
}

/** The person's own token without an address, so that the stored one is returned. Its name is the `username`. */
function silentToken(person: string): Promise<string> {
  const words = ['name=null', 'email=null'].flatMap((claim) => ['--claim', claim])
  return tokenOf(cloud, '--issuer', 'cognito', '--as', person, ...words)
}

const create = 'mutation { createNote(input: { title: "by an app" }) { note { id owner { id handle } } } }'
const share = `mutation ($id: ID!, $handle: String!) {
  shareNote(input: { id: $id, handle: $handle, role: VIEWER }) { note { id owner { name } } }
}`
const node = 'query ($id: ID!) { node(id: $id) { ... on User { name email handle } } }'

async function createdBy(token: string) {
  return (await ask(cloud.url, { token, query: create })).data.createNote.note
}

type Send = (token: string) => Promise<GraphQLResponse>

const requests: Readonly<Record<string, Send>> = {
  query: (token) => ask(cloud.url, { token, query: '{ me { handle } }' }),
  node: async (token) => {
    const { data } = await ask(cloud.url, { token, query: '{ me { id } }' })
    return ask(cloud.url, { token, query: node, variables: { id: data.me.id } })
  },
  create: (token) => ask(cloud.url, { token, query: create }),
  share: async (token) => {
    const { id } = await createdBy(token)
    return ask(cloud.url, { token, query: share, variables: { id, handle } })
  },
}

describe.each(Object.entries(requests))('%s', (what, send) => {
  it('stores no profile of a new person for a third party, and does for an own client', async () => {
    const [unmet, met] = [`unmet-${what}`, `met-${what}`]
    const [byApp, byOwnClient] = await Promise.all([tokenBy('assistant', unmet), tokenBy('terminal', met)])
    for (const token of [byApp, byOwnClient]) {
      const { status, codes } = await send(token)
      expect([status, codes]).toEqual([200, {}])
    }
    expect(await profileBy(byApp)).toEqual({ name: null, email: null, handle: null })
    const stored = await Promise.all([unmet, met].map(async (person) => profileBy(await silentToken(person))))
    expect(stored).toMatchObject([
      { name: unmet, email: null },
      { name: 'Mallory', email: 'mallory@third.example' },
    ])
  })

  it('leaves a stored profile as it is for a third party, and takes the address of an own client', async () => {
    const person = `stored-${what}`
    const before = await profileBy(await tokenOf(cloud, '--issuer', 'cognito', '--as', person))
    const [byApp, byOwnClient] = await Promise.all([tokenBy('assistant', person), tokenBy('terminal', person)])
    expect((await send(byApp)).codes).toEqual({})
    expect(await profileBy(byApp)).toEqual(before)
    const silent = await silentToken(person)
    expect(await profileBy(silent)).toEqual(before)
    await profileBy(byOwnClient)
    expect(await profileBy(silent)).toEqual({ ...before, email: 'mallory@third.example' })
  })
})

it('reads and changes nothing by an operation without any scope', async () => {
  const before = await profileBy(await tokenOf(cloud, '--issuer', 'cognito', '--as', 'erin'))
  const words = [...claims, 'client_id=assistant'].flatMap((claim) => ['--claim', claim])
  const token = await tokenOf(cloud, '--issuer', 'fieldnotes', '--as', 'erin', '--scope', '', ...words)
  expect((await ask(cloud.url, { token, query: profile })).codes).toEqual({ me: 'FORBIDDEN' })
  expect(await profileBy(token)).toBeNull()
  expect(await profileBy(await silentToken('erin'))).toEqual(before)
})
