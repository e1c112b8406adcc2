import { heldRole, logOf, mayLog } from './lambda-role'
import { notes } from './links'
import { firebaseServiceAccount } from './secrets'
import { mayUse, type sessionKey } from './session-key'
import type { sessionLinks } from './session-links'
import { permissionsOf } from './table-permissions'
import { userPool } from './user-pool'

type Key = NonNullable<typeof sessionKey>
type Links = NonNullable<typeof sessionLinks>

/** Ends sign-ins at the pool, and finds the name of a person: in this pool, and nothing else of it. */
const maySignOut = {
  actions: ['cognito-idp:AdminUserGlobalSignOut', 'cognito-idp:ListUsers'],
  resources: [userPool.arn],
}

/**
 * Informs providers of ended sessions, and issuers of sign-outs everywhere, once a minute. It opens refresh tokens to
 * revoke them, seals none, and has no route: the schedule alone calls it.
 */
export function createInform(key: Key, { origin, provider, issuer, key: keyLink }: Links) {
  const log = logOf('InformLog', 'inform')
  const fn = new sst.aws.Function('Inform', {
    handler: 'packages/session/src/inform-handler.handler',
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memory: '512 MB',
    // Longer than one pass works (50 s), and shorter than the time between two.
    timeout: '55 seconds',
    // The next pass does what this one could not.
    retries: 0,
    link: [notes, origin, provider, issuer, keyLink, firebaseServiceAccount],
    permissions: [...permissionsOf('inform'), mayUse(key, 'Decrypt'), maySignOut, mayLog(log)],
    environment: { NODE_ENV: 'production' },
    logging: { logGroup: log.name, format: 'json' },
    nodejs: { minify: true, splitting: true, esbuild: { define: { 'process.env.NODE_ENV': '"production"' } } },
    transform: { role: heldRole },
  })
  schedule(fn)
  return { fn, log }
}

/** Calls the function once a minute. EventBridge repeats no call that Lambda has taken. */
function schedule(fn: sst.aws.Function): void {
  const rule = new aws.cloudwatch.EventRule('InformSchedule', {
    name: `${$app.name}-${$app.stage}-inform`,
    scheduleExpression: 'rate(1 minute)',
  })
  new aws.cloudwatch.EventTarget('InformTarget', { rule: rule.name, arn: fn.arn })
  new aws.lambda.Permission('InformPermission', {
    action: 'lambda:InvokeFunction',
    function: fn.name,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  })
}
