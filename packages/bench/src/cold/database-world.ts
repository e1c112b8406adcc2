/** A world for the first answer that reads a note: an embedded DynamoDB, a local issuer, and one note. */
import type { Config } from '@fieldnotes/api/config'
import { createHandler } from '@fieldnotes/api/server'
import { scopeTable } from '@fieldnotes/core/scopes'
import { createIdentity } from '@fieldnotes/identity/identity'
import { startDatabase } from '@fieldnotes/local/database'
import { createTableIfMissing } from '@fieldnotes/table/create-table'
import { eventOf, lambdaContext } from '../world/event.ts'
import { serveIssuer } from '../world/serve-keys.ts'

/** A running database and issuer, with the event that reads the note. */
export interface DatabaseWorld {
  /** Environment variables of the measured processes. */
  readonly environment: Readonly<Record<string, string>>
  /** Event of the query that reads the note. */
  readonly event: object
  readonly stop: () => Promise<void>
}

const write = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }'
const read = 'query ($id: ID!) { note(id: $id) { id title content tags version owner { id } } }'

const audience = 'http://127.0.0.1/graphql'

function configOf(issuer: string, endpoint: string): Config {
  return {
    stage: 'bench',
    development: false,
    resource: audience,
    issuers: [
      {
        kind: 'oidc',
        name: 'bench',
        issuer,
        jwksUri: `${issuer}/keys`,
        audience,
        algorithms: ['RS256'],
        scopes: scopeTable(':'),
      },
    ],
    table: { name: 'bench', region: 'eu-west-1', endpoint },
    operations: 'any',
    executor: undefined,
    cursorSecrets: ['a secret for the bench, long enough to be one'],
  }
}

const trusting = { loopbackIssuers: 'trust', environment: {}, log: () => {} } as const

/** Starts everything, and creates the note through the endpoint. */
export async function createDatabaseWorld(): Promise<DatabaseWorld> {
  const { issuer, mint, close } = await serveIssuer({ audience, scope: 'notes:read notes:write' })
  const database = await startDatabase(undefined, () => {})
  const config = configOf(issuer, database.endpoint)
  await createTableIfMissing(config.table, 'notes')
  const authorization = `Bearer ${await mint('somebody')}`
  const identity = createIdentity({ ...trusting, issuers: config.issuers, resource: audience })
  const principal = await identity.authenticate({ authorization })
  const id = await writeNote(config, authorization)
  return {
    environment: { BENCH_CONFIG: JSON.stringify(config), BENCH_PRINCIPAL: JSON.stringify(principal) },
    event: eventOf({ query: read, variables: { id }, caller: 'full' }, authorization),
    stop: async () => {
      close()
      await database.stop()
    },
  }
}

async function writeNote(config: Config, authorization: string): Promise<string> {
  const input = { title: 'A note', content: 'Read first.', tags: ['cold'] }
  const event = eventOf({ query: write, variables: { input }, caller: 'full' }, authorization)
  const { body } = await createHandler(config, trusting)(event, lambdaContext)
  const answer = JSON.parse(body ?? '{}') as { data?: { createNote?: { note?: { id: string } } } }
  const id = answer.data?.createNote?.note?.id
  if (!id) throw new Error(`no note was written: ${body}`)
  return id
}
