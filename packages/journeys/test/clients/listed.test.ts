/** A stage that executes listed operations only, called by Apollo Client, by urql, and by ids alone. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { Client, fetchExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { persistedExchange } from '@urql/exchange-persisted'
import { type DocumentNode, Kind } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, send } from '../support/graphql-client.ts'
import { tokenOf } from '../support/local-cloud.ts'
import { countingFetch } from './support/counting.ts'
import { type ListedCloud, startListed } from './support/listed-cloud.ts'

const manifest = new URL('../../../api/src/generated/operations.json', import.meta.url)
const { operations } = JSON.parse(readFileSync(manifest, 'utf8')) as {
  readonly operations: readonly { readonly id: string; readonly name: string; readonly body: string }[]
}
function listed(name: string) {
  return operations.find((operation) => operation.name === name) ?? { id: '', body: '' }
}

/** The id, computed as `docs/clients.md` says. */
function idOf({ definitions: [operation] }: DocumentNode): string {
  return operation?.kind === Kind.OPERATION_DEFINITION ? listed(operation.name?.value ?? '').id : ''
}

let cloud: ListedCloud
let token: string

beforeAll(async () => {
  cloud = await startListed()
  token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
})

afterAll(() => cloud.end())

function byId(name: string, variables: object) {
  return send(cloud.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: listed(name).id } } }),
  })
}

async function written(title: string): Promise<string> {
  const { data } = await byId('CreateNote', { input: { title } })
  return data.createNote.note.id
}

describe('ids alone', () => {
  it('carry a note from its writing to its end, and a device that synchronises', async () => {
    const id = await written('Groceries')
    const start = await byId('Changes', {})
    const answers = [
      await byId('UpdateNote', { input: { id, version: 1, title: 'Food' } }),
      await byId('TrashNote', { input: { id } }),
      await byId('RestoreNote', { input: { id } }),
      await byId('Notes', { last: 1 }),
      await byId('Nodes', { ids: [id] }),
      await byId('DeleteNote', { input: { id } }),
    ]
    const { data } = await byId('Changes', { since: start.data.changes.cursor })
    expect(answers.map(({ status, codes }) => [status, codes])).toEqual(answers.map(() => [200, {}]))
    expect(start.data.changes.changes).toMatchObject([{ __typename: 'NoteChanged', note: { title: 'Groceries' } }])
    expect(data.changes.changes).toMatchObject([{ __typename: 'NoteGone', noteId: id, reason: 'DELETED' }])
  })

  it('name nothing else: an id that is not listed is refused, as is a text', async () => {
    const unknown = await byId('no such operation', {})
    const text = await ask(cloud.url, { token, query: '{ me { id } }' })
    expect([unknown.codes, text.codes]).toEqual([{ '': 'FORBIDDEN' }, { '': 'FORBIDDEN' }])
  })
})

/** The document that each client's cache transforms, sends and reads again. */
const document = gql(listed('Note').body)

describe('Apollo Client', () => {
  const clientOf = (link: PersistedQueryLink, counting = countingFetch()) => {
    const headers = { authorization: `Bearer ${token}` }
    const http = new HttpLink({ uri: `${cloud.url}/graphql`, headers, fetch: counting.fetch })
    return new ApolloClient({ link: ApolloLink.from([link, http]), cache: new InMemoryCache() })
  }
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

  it.each([
    ['the id by name', { generateHash: idOf }],
    ['the hash of what it sends', { sha256 }],
  ])('sends %s, in one GET', async (_what, options) => {
    const counting = countingFetch()
    const client = clientOf(new PersistedQueryLink({ ...options, useGETForHashedQueries: true }), counting)
    const { data } = await client.query({ query: document, variables: { id: await written('Groceries') } })
    expect(data).toMatchObject({ note: { __typename: 'Note', title: 'Groceries', viewerCan: { share: true } } })
    expect(counting.sent.map(({ method, status }) => `${method} ${status}`)).toEqual(['GET 200'])
  })

  it('is refused with an operation of its own', async () => {
    const own = gql`query Own { me { id } }`
    const pending = clientOf(new PersistedQueryLink({ sha256 })).query({ query: own })
    await expect(pending).rejects.toSatisfy(
      (error) => CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions?.code === 'FORBIDDEN',
    )
  })
})

describe('urql', () => {
  it('sends the id by name, in one GET, and reads from its cache', async () => {
    const counting = countingFetch()
    const generateHash = async (_: string, sent: DocumentNode) => idOf(sent)
    const persisted = persistedExchange({ enforcePersistedQueries: true, enableForMutation: true, generateHash })
    const client = new Client({
      url: `${cloud.url}/graphql`,
      exchanges: [cacheExchange({ keys: { NotePermissions: () => null } }), persisted, fetchExchange],
      fetchOptions: { headers: { authorization: `Bearer ${token}` } },
      fetch: counting.fetch,
    })
    const variables = { id: await written('Groceries') }
    for (const _ of [1, 2]) {
      const { data, error } = await client.query(document, variables)
      expect([data?.note.title, error]).toEqual(['Groceries', undefined])
    }
    expect(counting.sent.map(({ method, status }) => `${method} ${status}`)).toEqual(['GET 200'])
  })
})
