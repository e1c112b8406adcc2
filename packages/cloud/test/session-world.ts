/** The deployed functions of browser sessions, each in a Lambda instance, with what they call simulated here. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { createTable } from '@fieldnotes/table/table'
import { answering, kmsOperations } from '../../session/test/kit/fake-aws.ts'
import type { BuildRequest } from '../src/bundle.ts'
import { entry, inform, session } from '../src/deployed.ts'
import { passTo, type Responder, serveFarSide } from '../src/lambda/far-side.ts'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { ownIssuer, secretOf } from './issuer-links.ts'
import { openFunction } from './open-function.ts'
import { createGoogle, firebaseProject, openIssuer } from './session-issuer.ts'
import { createPool } from './session-pool.ts'
import { links as endpointLinks } from './world.ts'

const { region, userPoolId } = endpointLinks.Notes
const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`
const pages = `fieldnotes-production-39bc53.auth.${region}.amazoncognito.com`
const keyArn = `arn:aws:kms:${region}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`
const secret = 'secret0of0the0client'.padEnd(51, '0')

/** Where browsers reach the app. */
export const origin = 'https://app.example.com'

const Notes = {
  ...endpointLinks.Notes,
  clientIds: ['sessions'],
  gate: 'demanded',
  firebaseProject,
  fieldnotesIssuer: ownIssuer,
}

/** Links of the functions, as `infra/session-links.ts` makes them. */
export const links = {
  ...endpointLinks,
  Notes,
  SessionOrigin: { origin },
  SessionIssuer: { clientSecret: secretOf('firebase-session') },
  SessionKey: { arn: keyArn },
  SessionFunction: { name: 'fieldnotes-session' },
  SessionProvider: {
    signIn: `https://${pages}`,
    clientId: 'sessions',
    clientSecret: secret,
    scope: 'openid email profile notes/read notes/write notes/share notes/trash',
  },
}

/** Lambda's own API: an invocation of the one function there is. */
function lambdaOf(session: () => Sandbox): Responder {
  return async (request, response) => {
    const outcome = await session().invoke(JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString()))
    if ('payload' in outcome) return void response.end(outcome.payload)
    response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(JSON.stringify(outcome))
  }
}

/** Opens the world. */
export async function createSessionWorld() {
  const database = await startDatabase(undefined, () => undefined)
  await ensureTable({ name: Notes.tableName, region, endpoint: database.endpoint }, 'notes')
  await ensureTable({ name: Notes.accessTableName, region, endpoint: database.endpoint }, 'access')
  await ensureTable({ name: Notes.ratesTableName, region, endpoint: database.endpoint }, 'rates')
  const pool = await createPool({ issuer, secret, origin })
  const google = await createGoogle()
  const work = mkdtempSync(join(tmpdir(), 'fieldnotes-sessions-'))
  const opened: { session?: Sandbox } = {}
  const { encryptionContext } = await import('@fieldnotes/session/kms-keys')
  const kms: { calls: number; answer: Responder } = {
    calls: 0,
    answer: (request, response) => void answering(kmsOperations(keyArn, encryptionContext))(request, response),
  }
  const shared = { [new URL(issuer).host]: pool.host, [google.host]: google.answer }
  const table = passTo(database.endpoint)
  const own = await openIssuer({ work, Notes, services: { ...shared, [`dynamodb.${region}.amazonaws.com`]: table } })
  const farSide = await serveFarSide({
    ...shared,
    [own.host]: own.answer,
    [pages]: pool.answer,
    [`dynamodb.${region}.amazonaws.com`]: table,
    [`kms.${region}.amazonaws.com`]: (request, response) => {
      kms.calls += 1
      kms.answer(request, response)
    },
    [`lambda.${region}.amazonaws.com`]: lambdaOf(() => opened.session as Sandbox),
  })

  function open(request: BuildRequest, names: readonly (keyof typeof links)[]): Promise<Sandbox> {
    const linked = Object.fromEntries(names.map((name) => [name, links[name]]))
    return openFunction(request, { work, farSide, links: linked, timeoutSeconds: 28 })
  }

  const ofSession = ['Notes', 'SessionOrigin', 'SessionProvider', 'SessionIssuer', 'SessionKey'] as const
  opened.session = await open(session, ofSession)
  const ofEndpoint = ['Notes', 'CursorSecrets', 'FirebaseServiceAccount'] as const
  const enters = await open(entry, [...ofEndpoint, 'SessionOrigin', 'SessionFunction'])
  const informs = await open(inform, [...ofSession, 'FirebaseServiceAccount'])
  return {
    session: opened.session,
    entry: enters,
    inform: informs,
    pool,
    google,
    own,
    kms,
    /** The table Access. */
    access: createTable({ name: Notes.accessTableName, region, endpoint: database.endpoint }),
    async stop() {
      opened.session?.close()
      enters.close()
      informs.close()
      own.close()
      farSide.close()
      rmSync(work, { recursive: true, force: true })
      await database.stop()
    },
  }
}
