import type { SessionFunctionName } from '@fieldnotes/core/session-routes'
import { heldRole, logOf, mayLog } from './lambda-role'
import { links, notes } from './links'
import { createInform } from './session-inform'
import { mayUse, sessionKey } from './session-key'
import { restrictKey } from './session-key-policy'
import { sessionLinks } from './session-links'
import { notesPermissions, permissionsOf } from './table-permissions'

/** What the functions of sessions have in common. */
const common = {
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  environment: { NODE_ENV: 'production' },
  transform: { role: heldRole },
} as const

const define = { 'process.env.NODE_ENV': '"production"' }

type Key = NonNullable<typeof sessionKey>
type Links = NonNullable<typeof sessionLinks>

/** Signs in, refreshes and signs out. It has the key, the secrets of both clients and no right to notes. */
function createSession(key: Key, { origin, provider, issuer, key: keyLink }: Links) {
  const log = logOf('SessionLog', 'session')
  const fn = new sst.aws.Function('Session', {
    ...common,
    handler: 'packages/session/src/handler.handler',
    memory: '512 MB',
    // Longer than a request works: 12 s on the table, with a refresh of another request to wait for.
    timeout: '15 seconds',
    link: [notes, origin, provider, issuer, keyLink],
    permissions: [...permissionsOf('session'), mayUse(key, 'Decrypt', 'GenerateDataKey'), mayLog(log)],
    logging: { logGroup: log.name, format: 'json' },
    // The clients of AWS become separate files, which their first use loads.
    nodejs: { minify: true, splitting: true, esbuild: { define } },
  })
  return { fn, log }
}

/** The cookie becomes a bearer token, and the endpoint answers in the same process. It has notes, and no key. */
function createEntry(session: sst.aws.Function, { origin }: Links) {
  const log = logOf('EntryLog', 'entry')
  const refreshes = new sst.Linkable('SessionFunction', { properties: { name: session.name } })
  const mayRefresh = { actions: ['lambda:InvokeFunction'], resources: [session.arn] }
  const fn = new sst.aws.Function('Entry', {
    ...common,
    handler: 'packages/session/src/entry-handler.handler',
    memory: '1024 MB',
    // Longer than a refresh (13 s) with the request that waits for it (about 9 s), and shorter than the gateway waits.
    timeout: '28 seconds',
    link: [...links, origin, refreshes],
    permissions: [...notesPermissions, ...permissionsOf('graphql'), ...permissionsOf('entry'), mayRefresh, mayLog(log)],
    logging: { logGroup: log.name, format: 'json' },
    // As the endpoint's: `infra/graphql.ts` says why.
    nodejs: { minify: true, splitting: true, esbuild: { define, external: ['./plugin/*'] } },
  })
  return { fn, log }
}

function createFunctions(key: Key, given: Links) {
  const session = createSession(key, given)
  const entry = createEntry(session.fn, given)
  const inform = createInform(key, given)
  restrictKey(key, [
    { role: session.fn.nodes.role.arn, actions: ['Decrypt', 'GenerateDataKey'] },
    { role: inform.fn.nodes.role.arn, actions: ['Decrypt'] },
  ])
  return { session, entry, inform }
}

/** The functions with their logs; undefined on a stage without browser sessions. */
export const sessions = sessionKey && sessionLinks ? createFunctions(sessionKey, sessionLinks) : undefined

/** The functions behind the routes of sessions, by name. */
export const sessionFunctions: Readonly<Record<SessionFunctionName, sst.aws.Function>> | undefined = sessions && {
  session: sessions.session.fn,
  entry: sessions.entry.fn,
}
