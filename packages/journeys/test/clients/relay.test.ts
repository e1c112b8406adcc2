/** Statements of `docs/clients.md` on Relay, checked with the library. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { useNotesCloud } from './support/notes-cloud.ts'
import { page, programsOf } from './support/page.ts'
import { createWorkshop, type Workshop } from './support/workshop.ts'

const { endpoint, token, write } = useNotesCloud()

/** A program that has to be compiled: Relay's `graphql` tags do not run. */
const program = {
  language: 'js',
  name: 'reads.js',
  text: readFileSync(new URL('./support/cached-reads.js', import.meta.url), 'utf8'),
}

interface Reads {
  readonly first: object
  readonly second: object
  readonly requests: number
  /** The note's record in the store. */
  readonly record?: object
}

let workshop: Workshop
let read: Readonly<Record<string, Reads>>

beforeAll(async () => {
  const config = programsOf(page).filter(({ name }) => name === 'relay.config.json')
  workshop = createWorkshop([...config, program])
  await workshop.build('reads.js')
  const environment = { ENDPOINT: endpoint(), TOKEN: token(), ID: await write('Groceries') }
  const printed = await workshop.run('reads.js', environment)
  const lines = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  read = Object.fromEntries(lines.map(({ name, ...rest }) => [name, rest]))
})

afterAll(() => workshop.end())

const refusal = { ok: false, errors: [{ extensions: { code: 'FORBIDDEN' } }] }

it('keeps a caught error in the store: the second read has it, and sends no request', () => {
  const note = { title: 'Groceries', lastEditedWith: refusal }
  expect(read.caught).toMatchObject({ first: { note }, second: { note }, requests: 1 })
})

it('returns null without the error where nothing catches it', () => {
  expect(read.uncaught?.first).toEqual({ note: { title: 'Groceries', lastEditedWith: null } })
})

it('reports the error of an inner @catch at the outer one too', () => {
  expect(read.nested?.first).toMatchObject({ note: refusal })
  expect(read.outer?.first).toMatchObject({ note: { ok: true, value: { title: 'Groceries' } } })
})

it('compiles @connection, and reads a page of it', () => {
  const page = { notes: { edges: [{ node: { title: 'Groceries' } }] } }
  expect(read.pages).toMatchObject({ first: page, second: page, requests: 1 })
})

it('fetches a @refetchable fragment by `node`, into the record of the note', () => {
  expect(read.refetched).toMatchObject({ requests: 1, record: { __typename: 'Note', pinned: false } })
})
