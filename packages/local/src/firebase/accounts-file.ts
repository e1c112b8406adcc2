/** `firebase.json` of the data folder: the accounts and the key of refresh tokens. Only its owner can read it. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivately } from '../data-folder.ts'
import { UsageError, wordsOf } from '../usage-error.ts'
import { type Account, isAccount } from './account-record.ts'
import { seedAccounts } from './seed-accounts.ts'

/** Contents of the file. */
export interface Stored {
  readonly version: 1
  /** HMAC key of refresh tokens, base64url. */
  readonly refreshSecret: string
  readonly accounts: readonly Account[]
}

/** The contents, and how they are saved. */
export interface AccountsFile {
  readonly stored: Stored
  readonly save: (accounts: readonly Account[]) => void
}

async function create(now: number): Promise<Stored> {
  const refreshSecret = randomBytes(32).toString('base64url')
  return { version: 1, refreshSecret, accounts: await seedAccounts(now) }
}

function isStored(value: Partial<Stored> | null): value is Stored {
  if (value?.version !== 1 || !Array.isArray(value.accounts)) return false
  return typeof value.refreshSecret === 'string' && value.refreshSecret.length >= 32 && value.accounts.every(isAccount)
}

function read(file: string): Stored {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8'))
    if (!isStored(stored)) throw new Error('it is of another version, or spoilt')
    return stored
  } catch (error) {
    // The message of a SyntaxError quotes the file, which contains a key.
    const words = error instanceof SyntaxError ? 'it is no JSON' : wordsOf(error)
    throw new UsageError(`${file} can't be read: ${words}. Delete it to begin with alice, bob and carol again.`)
  }
}

/**
 * The file of `folder`, created with alice, bob and carol on first use; in memory only when `folder` is undefined.
 * @throws UsageError for a file that can't be read, which is left as it is
 */
export async function openAccountsFile(folder: string | undefined, now: number): Promise<AccountsFile> {
  if (folder === undefined) return { stored: await create(now), save: () => {} }
  const file = join(folder, 'firebase.json')
  const stored = existsSync(file) ? read(file) : await create(now)
  const save = (accounts: readonly Account[]) => writePrivately(file, JSON.stringify({ ...stored, accounts }))
  save(stored.accounts)
  return { stored, save }
}
