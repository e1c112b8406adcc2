/** Statements of `docs/clients.md` on Apollo Client, checked with the library. */
import { createHash } from 'node:crypto'
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
  type TypedDocumentNode,
} from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { relayStylePagination } from '@apollo/client/utilities'
import { describe, expect, it, vi } from 'vitest'
import { type CountingFetch, countingFetch } from './support/counting.ts'
import { useNotesCloud } from './support/notes-cloud.ts'

const { endpoint, token, write } = useNotesCloud()

interface Settings {
  readonly cache?: InMemoryCache
  readonly links?: readonly ApolloLink[]
  readonly bearer?: string
}

function clientOf(counting: CountingFetch, { cache = new InMemoryCache(), links = [], bearer }: Settings = {}) {
  const headers = { authorization: `Bearer ${bearer ?? token()}` }
  const http = new HttpLink({ uri: endpoint(), headers, fetch: counting.fetch })
  return new ApolloClient({ link: ApolloLink.from([...links, http]), cache })
}

interface Read {
  readonly note: { readonly title: string }
  readonly notes: {
    readonly edges: readonly { readonly node: { readonly title: string } }[]
    readonly pageInfo: { readonly endCursor: string }
  }
}

function documentOf(text: string): TypedDocumentNode<Read> {
  return gql(text)
}

function entryOf(cache: InMemoryCache, id: string) {
  return cache.extract()[`Note:${id}`]
}

function codesOf(error: unknown) {
  return CombinedGraphQLErrors.is(error) ? error.errors.map(({ extensions }) => extensions?.code) : []
}

const refused = documentOf(`query Refused($id: ID!) { note(id: $id) { id title lastEditedWith } }`)
const canUpdate = documentOf(`query CanUpdate($id: ID!) { note(id: $id) { id viewerCan { update } } }`)
const canShare = documentOf(`query CanShare($id: ID!) { note(id: $id) { id viewerCan { share } } }`)
const pages = documentOf(`
  query Pages($first: Int, $after: String) {
    notes(first: $first, after: $after) { edges { cursor node { id title } } pageInfo { hasNextPage endCursor } }
  }
`)
const again = documentOf(`query Again($id: ID!) { node(id: $id) { id ... on Note { title pinned } } }`)

function sha256(text: string) {
  return createHash('sha256').update(text).digest('hex')
}

describe('a refused field', () => {
  it('is null with its error at the first read, and null without it at the second, without a request', async () => {
    const counting = countingFetch()
    const client = clientOf(counting)
    const question = { query: refused, variables: { id: await write('Groceries') }, errorPolicy: 'all' } as const
    const first = await client.query(question)
    const second = await client.query(question)
    expect([first.data, codesOf(first.error)]).toMatchObject([
      { note: { title: 'Groceries', lastEditedWith: null } },
      ['FORBIDDEN'],
    ])
    expect([second.data, second.error]).toMatchObject([
      { note: { title: 'Groceries', lastEditedWith: null } },
      undefined,
    ])
    expect(counting.sent).toHaveLength(1)
  })

  it('has its error again with `network-only`', async () => {
    const counting = countingFetch()
    const client = clientOf(counting)
    const question = { query: refused, variables: { id: await write('Groceries') }, errorPolicy: 'all' } as const
    await client.query(question)
    const { error } = await client.query({ ...question, fetchPolicy: 'network-only' })
    expect([codesOf(error), counting.sent.length]).toEqual([['FORBIDDEN'], 2])
  })

  it('costs the whole answer with the default `errorPolicy`', async () => {
    const question = { query: refused, variables: { id: await write('Groceries') }, errorPolicy: 'none' } as const
    await expect(clientOf(countingFetch()).query(question)).rejects.toThrow(CombinedGraphQLErrors)
  })
})

describe('viewerCan', () => {
  const permissions = async (cache: InMemoryCache) => {
    const client = clientOf(countingFetch(), { cache })
    const variables = { id: await write('Groceries') }
    await client.query({ query: canUpdate, variables })
    await client.query({ query: canShare, variables })
    return entryOf(cache, variables.id)?.viewerCan
  }

  it('keeps what both queries have read with `merge: true`', async () => {
    const cache = new InMemoryCache({ typePolicies: { Note: { fields: { viewerCan: { merge: true } } } } })
    expect(await permissions(cache)).toMatchObject({ update: true, share: true })
  })

  it('keeps only the last without it', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const kept = await permissions(new InMemoryCache())
    expect(kept).toMatchObject({ share: true })
    expect(kept).not.toHaveProperty('update')
    expect(warn.mock.calls.map(([words]) => words)).toEqual([expect.stringContaining('Cache data may be lost')])
    warn.mockRestore()
  })
})

describe('lists and objects', () => {
  it('joins pages with relayStylePagination', async () => {
    const cache = new InMemoryCache({ typePolicies: { Query: { fields: { notes: relayStylePagination() } } } })
    const client = clientOf(countingFetch(), { cache })
    for (const title of ['A', 'B', 'C']) await write(title)
    const { data: first } = await client.query({ query: pages, variables: { first: 2 } })
    const watched = client.watchQuery({ query: pages, variables: { first: 2 } })
    await watched.fetchMore({ variables: { after: first?.notes.pageInfo.endCursor } })
    const joined = client.readQuery({ query: pages, variables: { first: 2 } })
    expect(joined?.notes.edges.map(({ node }) => node.title).slice(0, 3)).toEqual(['C', 'B', 'A'])
  })

  it('finds what `node` has fetched again in the entry that `note` made', async () => {
    const cache = new InMemoryCache()
    const client = clientOf(countingFetch(), { cache })
    const variables = { id: await write('Groceries') }
    await client.query({ query: refused, variables, errorPolicy: 'all' })
    await client.query({ query: again, variables })
    expect(entryOf(cache, variables.id)).toMatchObject({ title: 'Groceries', pinned: false })
  })
})

describe('requests', () => {
  it('sends the hash of a query by GET, its text by POST for an unknown hash, then the hash alone', async () => {
    const counting = countingFetch()
    const client = clientOf(counting, { links: [new PersistedQueryLink({ sha256, useGETForHashedQueries: true })] })
    const query = documentOf(`query Hashed($id: ID!) { note(id: $id) { id title } }`)
    const titles = []
    for (const title of ['Groceries', 'Food']) {
      const { data } = await client.query({ query, variables: { id: await write(title) } })
      titles.push(data?.note.title)
    }
    expect(titles).toEqual(['Groceries', 'Food'])
    expect(counting.sent.map(({ method, status }) => `${method} ${status}`)).toEqual(['GET 400', 'POST 200', 'GET 200'])
  })

  it('has the code of a refused request', async () => {
    const { data, error } = await clientOf(countingFetch(), { bearer: 'x' }).query({
      query: documentOf(`{ me { id } }`),
      errorPolicy: 'all',
    })
    expect([data, codesOf(error)]).toEqual([undefined, ['UNAUTHENTICATED']])
  })
})
