import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHandler } from '@fieldnotes/api/server'
import { type Cloud, startCloud } from '@fieldnotes/local/cloud'
import { mint } from '@fieldnotes/local/issuers'
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { ask, createWorld, responseOf, type World } from './world.ts'

interface Answer {
  readonly status: number
  readonly body: string
}

interface Caller {
  readonly person: string
  /** In our spelling. Null: no token. */
  readonly scope: string | null
}

type Ask = (caller: Caller, query: string, variables: object) => Promise<Answer>

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-same-'))
let world: World
let sandbox: Sandbox
let cloud: Cloud

beforeAll(async () => {
  world = await createWorld()
  sandbox = await world.open('same')
  cloud = await startCloud({
    port: 0,
    folder,
    ephemeral: true,
    endpoint: undefined,
    region: 'eu-west-1',
    log: () => undefined,
    createHandler: (config) =>
      createHandler(config, { loopbackIssuers: 'trust', environment: {}, log: () => undefined }),
  })
})

afterAll(async () => {
  await cloud.stop()
  await world.stop()
  rmSync(folder, { recursive: true, force: true })
})

const onLambda: Ask = async ({ person, scope }, query, variables) => {
  const token = scope === null ? '' : await world.token(person, scope.replaceAll(':', '/'))
  const { statusCode, body } = responseOf(await sandbox.invoke(ask(query, variables, token)))
  return { status: statusCode, body }
}

const onLaptop: Ask = async ({ person, scope }, query, variables) => {
  const row = runningIssuers(folder)?.find(({ name }) => name === 'cognito')
  if (!row) throw new Error('the local cloud does not run')
  const issuedAt = Math.floor(Date.now() / 1000)
  const wish = { person, scope: scope ?? '', issuedAt, expiresAt: issuedAt + 300, groups: [] }
  const token = await mint(row, wish, { name: person, email: undefined, email_verified: undefined })
  const { headers } = ask('')
  const { accept, 'content-type': type } = headers
  const response = await fetch(`${cloud.url}/graphql`, {
    method: 'POST',
    headers: { accept, 'content-type': type, ...(scope !== null && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, body: withoutExplanation(await response.text()) }
}

/** Answers in development say why, in one member more. */
const withoutExplanation = (body: string): string => {
  const { extensions, ...answer } = JSON.parse(body)
  expect(Object.keys(extensions ?? {})).toEqual(extensions ? ['authorization'] : [])
  return JSON.stringify(answer)
}

const all = 'notes:read notes:write notes:share notes:trash'
const alice = { person: 'alice', scope: all }
const bob = { person: 'bob', scope: all }
const reader = { person: 'alice', scope: 'notes:read' }
const nobody = { person: 'nobody', scope: null }

const create = 'mutation { createNote(input: { title: "Plan", content: "secret" }) { note { id title version } } }'
const read =
  'query ($id: ID!) { note(id: $id) { id title content viewerRole sizeBytes lastEditedWith owner { name } } }'
const change =
  'mutation ($id: ID!) { updateNote(input: { id: $id, version: 1, title: "New" }) { note { title version } } }'

const instant = /\d{4}-\d\d-\d\dT[\d:.]+Z/g

/** The first journey: alice writes, others may not read, her own narrower token may not write. */
const journey = async (send: Ask): Promise<readonly Answer[]> => {
  const created = await send(alice, create, {})
  const { id } = JSON.parse(created.body).data.createNote.note
  const steps: readonly [Caller, string, object][] = [
    [alice, read, { id }],
    [bob, read, { id }],
    [bob, change, { id }],
    [alice, change, { id }],
    [alice, change, { id }],
    [reader, create, {}],
    [nobody, read, { id }],
    [nobody, '{ me { name } }', {}],
    [alice, '{ notes(first: 5) { nodes { title } pageInfo { hasNextPage } } }', {}],
    [alice, '{ nothing }', {}],
    [alice, 'mutation ($id: ID!) { trashNote(input: { id: $id }) { note { title } } }', { id }],
    [alice, 'mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }', { id }],
    [alice, read, { id }],
  ]
  const answers = [created]
  for (const [caller, query, variables] of steps) answers.push(await send(caller, query, variables))
  return answers.map(({ status, body }) => ({ status, body: body.replaceAll(id, 'ID').replace(instant, 'INSTANT') }))
}

describe('function under Lambda’s runtime client and `npm start`', () => {
  it('answer the first journey alike, byte for byte but for ids and instants', async () => {
    const laptop = await journey(onLaptop)
    expect(await journey(onLambda)).toEqual(laptop)
    const codes = laptop.map(({ body }) => JSON.parse(body).errors?.[0].extensions.code ?? 'fine')
    expect(codes).toEqual([
      'fine',
      'FORBIDDEN',
      'NOT_FOUND',
      'NOT_FOUND',
      'fine',
      'CONFLICT',
      'FORBIDDEN',
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
      'fine',
      expect.any(String),
      'fine',
      'fine',
      'NOT_FOUND',
    ])
  })
})
