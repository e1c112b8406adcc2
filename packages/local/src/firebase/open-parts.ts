/** Puts the sign-in together: accounts of the data folder, codes, attempts and tokens. */
import type { Log } from '@fieldnotes/core/log'
import type { LocalIssuer } from '../issuers/local-issuers.ts'
import { projectId } from '../issuers/token-claims.ts'
import { tokenSigner } from '../issuers/token-signer.ts'
import type { Mail } from '../mailbox/mailbox.ts'
import { createTokens } from './account-tokens.ts'
import { createAccounts } from './accounts.ts'
import { openAccountsFile } from './accounts-file.ts'
import { createAttempts } from './attempts.ts'
import { createChoices } from './choices.ts'
import { createCodes } from './codes.ts'
import type { Parts } from './operations/define-operation.ts'

/** What the sign-in needs of the local cloud. */
export interface PartsOptions {
  /** Such as `http://127.0.0.1:4000`. */
  readonly origin: string
  /** The Firebase issuer; its key signs the tokens. */
  readonly issuer: LocalIssuer
  /** The data folder; undefined keeps the accounts in memory. */
  readonly folder: string | undefined
  readonly log: Log
  readonly deliver: (mail: Mail) => void
  /** Milliseconds since the epoch; the system's clock by default. */
  readonly now?: () => number
}

/** Opens the accounts. @throws UsageError for a file of accounts that can't be read */
export async function openParts({ origin, issuer, folder, deliver, now = Date.now }: PartsOptions): Promise<Parts> {
  const { stored, save } = await openAccountsFile(folder, now())
  const accounts = createAccounts(stored.accounts, save)
  const tokens = createTokens({ issuer: tokenSigner(issuer, projectId), secret: stored.refreshSecret, accounts, now })
  const shared = { origin, projectId, deliver, now }
  return {
    ...shared,
    accounts,
    tokens,
    codes: createCodes(now),
    attempts: createAttempts(now),
    choices: createChoices(),
  }
}
