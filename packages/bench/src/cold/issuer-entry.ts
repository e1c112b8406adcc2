/**
 * The deployed issuer, which opens and checks its sealed links as `packages/issuer/src/handler.ts` does. The parent
 * process says where KMS, keys and the table are, which are on this machine.
 */
import { createLog } from '@fieldnotes/core/log'
import { kmsKeys } from '@fieldnotes/issuer/aws-kms'
import { createHandler } from '@fieldnotes/issuer/create-handler'
import type { IssuerSettings } from '@fieldnotes/issuer/issuer-settings'
import { parseConfig } from '@fieldnotes/issuer/parse-config'
import { environment, readLinks } from '@fieldnotes/stage/links'

/** What the parent process says. */
export type LocalSettings = Pick<IssuerSettings, 'access' | 'issuer' | 'issuers' | 'origin'> & { readonly kms: string }

const deployed = parseConfig(readLinks(['Notes', 'IssuerSettings', 'IssuerSignIn']), environment)
const { kms, ...local } = JSON.parse(environment.BENCH_CONFIG ?? '{}') as LocalSettings
/** The pool of the sign-in is that of the parent process. */
const pool = local.issuers.find(({ kind }) => kind === 'cognito')?.issuer ?? ''
if (!deployed.signIn) throw new Error('a deployed issuer signs people in')
const signIn = { ...deployed.signIn, userPool: { ...deployed.signIn.userPool, issuer: pool } }
const keyService = kmsKeys({ region: 'eu-west-1', endpoint: kms })
const log = createLog((line) => process.stdout.write(`${line}\n`))

export const handler = createHandler(
  { ...deployed, ...local, signIn, keyService, loopbackIssuers: 'trust' },
  { environment: {}, log },
)
