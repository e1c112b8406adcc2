/** urql with its defaults in a page of another origin; only the URL is configured. */
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Pages, servePages, startBrowser } from '../support/browser.ts'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { tokenOf } from '../support/local-cloud.ts'

/** The page's bundle. */
const code = `
import { Client, cacheExchange, fetchExchange } from '@urql/core'
globalThis.clientOf = (url, authorization) =>
  new Client({
    url,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: authorization && { headers: { authorization } },
  })
`

interface Urql {
  readonly query: (text: string, variables: object) => Promise<Result>
  readonly mutation: (text: string, variables: object) => Promise<Result>
}

interface Result {
  readonly data?: unknown
  readonly error?: { readonly graphQLErrors: readonly { readonly extensions: object }[] }
}

type Bundle = typeof globalThis & { readonly clientOf: (url: string, authorization?: string) => Urql }

const cloud = ephemeralCloud()
let pages: Pages
let browser: Browser
let page: Page
let authorization: string
const methods: string[] = []

beforeAll(async () => {
  const resolveDir = import.meta.dirname
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    write: false,
    platform: 'browser',
  })
  authorization = `Bearer ${await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')}`
  pages = await servePages(outputFiles[0]?.text)
  browser = await startBrowser()
  page = await browser.newPage()
  await page.goto(`http://localhost:${pages.port}/`)
  await page.addScriptTag({ url: '/script.js' })
  page.on('request', (request) => void methods.push(request.method()))
})

afterAll(async () => {
  await browser?.close()
  pages?.stop()
})

type UrqlOperation = readonly [kind: 'query' | 'mutation', text: string, variables?: object, authorization?: string]

function ask(...[kind, text, variables = {}, own]: UrqlOperation): Promise<Result> {
  return page.evaluate(
    async ([url, how, document, values, token]) => {
      const { data, error } = await (globalThis as Bundle).clientOf(url, token)[how](document, values)
      const graphQLErrors = error?.graphQLErrors.map(({ extensions }) => ({ extensions }))
      return { data, ...(graphQLErrors && { error: { graphQLErrors } }) }
    },
    [`${cloud.url}/graphql`, kind, text, variables, own] as const,
  )
}

describe('urql without options', () => {
  it('reads by GET', async () => {
    methods.length = 0
    const { data, error } = await ask('query', '{ me { name __typename } }', {}, authorization)
    expect([data, error]).toEqual([{ me: { name: 'Alice', __typename: 'User' } }, undefined])
    expect(methods).toContain('GET')
    expect(methods).not.toContain('POST')
  })

  it('writes by POST, and reads what it wrote with variables', async () => {
    const write = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { note { id title } } }'
    const written = await ask('mutation', write, { input: { title: 'Ünïcode & +%' } }, authorization)
    const { note } = (written.data as { createNote: { note: { id: string } } }).createNote
    const read = await ask('query', 'query ($id: ID!) { note(id: $id) { id title } }', { id: note.id }, authorization)
    expect(read.data).toMatchObject({ note: { id: note.id, title: 'Ünïcode & +%' } })
  })

  it('gets the code of a refusal', async () => {
    const { error } = await ask('query', '{ me { name } }')
    expect(error?.graphQLErrors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})
