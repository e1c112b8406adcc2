/** The Lambda function of a schedule: informs providers of ended sessions, and issuers of sign-outs everywhere. */
import { createLog } from '@fieldnotes/core/log'
import { environment, readLinks } from '@fieldnotes/stage/links'
import { createSessionFunction } from './session-function.ts'
import { createCognitoSignOuts } from './stage/cognito-sign-outs.ts'
import { createFirebaseSignOuts } from './stage/firebase-sign-outs.ts'
import { createKmsKeys } from './stage/kms-keys.ts'
import { parseInformConfig } from './stage/parse-config.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))
const own = ['Notes', 'SessionOrigin', 'SessionProvider', 'SessionIssuer', 'SessionKey'] as const
const links = readLinks([...own, 'FirebaseServiceAccount'])
const { config, region, keyArn, userPoolId, account } = parseInformConfig(links, environment)

const { informPending } = createSessionFunction(config, {
  loopbackIssuers: 'refuse',
  environment,
  log,
  keys: createKmsKeys({ region, keyArn }),
  issuerSignOuts: {
    cognito: createCognitoSignOuts({ region, userPoolId }),
    ...(account && { firebase: createFirebaseSignOuts(account) }),
  },
})

/** One pass. It fails while something is left, so that an alarm counts it; the next pass tries again. */
export async function handler(): Promise<void> {
  const left = await informPending()
  log('info', 'session.pass', { left })
  if (left > 0) throw new Error(`${left} providers or issuers are not informed yet`)
}
