/** Statements of `docs/clients.md` on urql, checked with the library. */
import { Client, cacheExchange as documentCache, type Exchange, fetchExchange } from '@urql/core'
import { authExchange } from '@urql/exchange-auth'
import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { describe, expect, it } from 'vitest'
import { type CountingFetch, countingFetch } from './support/counting.ts'
import { useNotesCloud } from './support/notes-cloud.ts'

const { endpoint, token, write } = useNotesCloud()

/** urql with its defaults, except for the cache and the token. */
function clientOf(counting: CountingFetch, exchanges: readonly Exchange[]): Client {
  return new Client({ url: endpoint(), exchanges: [...exchanges, fetchExchange], fetch: counting.fetch })
}

function bearer(value: () => string): Exchange {
  return authExchange(async ({ appendHeaders }) => ({
    addAuthToOperation: (operation) => appendHeaders(operation, { authorization: `Bearer ${value()}` }),
    didAuthError: () => false,
    refreshAuth: async () => {},
  }))
}

function graphcache() {
  return cacheExchange({
    keys: { NoteConnection: () => null, NotePermissions: () => null },
    resolvers: { Query: { notes: relayPagination() } },
  })
}

const refused = 'query ($id: ID!) { note(id: $id) { id title lastEditedWith } }'
const canUpdate = 'query ($id: ID!) { note(id: $id) { id viewerCan { update } } }'
const canShare = 'query ($id: ID!) { note(id: $id) { id viewerCan { share } } }'
const pages = `query ($first: Int, $after: String) {
  notes(first: $first, after: $after) { edges { cursor node { id title } } pageInfo { hasNextPage endCursor } }
}`

const caches = [
  { name: 'the document cache', cacheOf: () => documentCache, requests: 1 },
  { name: 'graphcache', cacheOf: graphcache, requests: 2 },
]

describe('a refused field', () => {
  it.each(caches)('has its error at both reads of $name, after $requests request(s)', async ({ cacheOf, requests }) => {
    const counting = countingFetch()
    const client = clientOf(counting, [cacheOf(), bearer(token)])
    const variables = { id: await write('Groceries') }
    for (const { data, error } of [await client.query(refused, variables), await client.query(refused, variables)]) {
      expect(data.note).toMatchObject({ title: 'Groceries', lastEditedWith: null })
      expect(error?.graphQLErrors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
    }
    expect(counting.sent).toHaveLength(requests)
  })

  it.each(caches)(
    'is what the requests of $name depend on: without one the second read sends no request',
    async ({ cacheOf }) => {
      const counting = countingFetch()
      const client = clientOf(counting, [cacheOf(), bearer(token)])
      const variables = { id: await write('Groceries') }
      for (const _ of [1, 2]) await client.query('query ($id: ID!) { note(id: $id) { id title } }', variables)
      expect(counting.sent).toHaveLength(1)
    },
  )
})

describe('graphcache', () => {
  it('keeps what two queries have read of viewerCan', async () => {
    const counting = countingFetch()
    const client = clientOf(counting, [graphcache(), bearer(token)])
    const variables = { id: await write('Groceries') }
    await client.query(canUpdate, variables)
    await client.query(canShare, variables)
    const { data } = await client.query(
      'query ($id: ID!) { note(id: $id) { id viewerCan { update share } } }',
      variables,
    )
    expect([data.note.viewerCan, counting.sent.length]).toMatchObject([{ update: true, share: true }, 2])
  })

  it('joins pages with relayPagination', async () => {
    const client = clientOf(countingFetch(), [graphcache(), bearer(token)])
    for (const title of ['A', 'B', 'C']) await write(title)
    const { data: first } = await client.query(pages, { first: 2 })
    const { data } = await client.query(pages, { first: 2, after: first.notes.pageInfo.endCursor })
    const titles = data.notes.edges.map(({ node }: { readonly node: { readonly title: string } }) => node.title)
    expect(titles.slice(0, 3)).toEqual(['C', 'B', 'A'])
  })
})

describe('requests', () => {
  it('sends a short query by GET and a long one by POST, as it comes', async () => {
    const counting = countingFetch()
    const client = clientOf(counting, [bearer(token)])
    const long = (at: number) => `aQueryOfManyWords${'s'.repeat(90)}${at}: me { id }`
    const wide = `{ ${Array.from({ length: 20 }, (_, at) => long(at)).join(' ')} }`
    for (const query of ['{ me { id } }', wide]) expect((await client.query(query, {})).error).toBeUndefined()
    expect(counting.sent.map(({ method, status }) => [method, status])).toEqual([
      ['GET', 200],
      ['POST', 200],
    ])
  })

  it('gets a new token after 401 and sends again', async () => {
    const counting = countingFetch()
    const tokens = ['x', token()]
    const auth = authExchange(async ({ appendHeaders }) => {
      let current = tokens.shift()
      return {
        addAuthToOperation: (operation) => appendHeaders(operation, { authorization: `Bearer ${current}` }),
        didAuthError: ({ response }) => response?.status === 401,
        refreshAuth: async () => {
          current = tokens.shift()
        },
      }
    })
    const { data } = await clientOf(counting, [auth]).query('{ me { name } }', {})
    expect([data.me.name, counting.sent.map(({ status }) => status)]).toEqual(['Alice', [401, 200]])
  })
})
