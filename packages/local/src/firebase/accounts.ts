/** The accounts, by id, by address and by Google's id. Every change is saved before it is visible. */
import type { Account } from './account-record.ts'
import { apiError } from './api-error.ts'

/** Accounts of the project. All methods are synchronous: a check and the change after it are one step. */
export interface Accounts {
  readonly get: (localId: string) => Account | undefined
  readonly withEmail: (email: string) => Account | undefined
  readonly withGoogle: (rawId: string) => Account | undefined
  readonly all: () => readonly Account[]
  /**
   * Creates or replaces an account.
   * @throws ApiError EMAIL_EXISTS, FEDERATED_USER_ID_ALREADY_LINKED, QUOTA_EXCEEDED
   */
  readonly put: (account: Account) => Account
  readonly remove: (localId: string) => void
}

/** Each change writes all accounts, so that their number is limited. */
const accountsMax = 1_000

/** Accounts that start as `initial`; `save` stores all of them, and throws when it can't. */
export function createAccounts(initial: readonly Account[], save: (accounts: readonly Account[]) => void): Accounts {
  let byId = new Map(initial.map((account) => [account.localId, account]))
  const find = (matches: (account: Account) => boolean) => [...byId.values()].find(matches)
  const commit = (next: typeof byId): void => {
    save([...next.values()])
    byId = next
  }
  const others = (account: Account, matches: (other: Account) => boolean) =>
    find((other) => other.localId !== account.localId && matches(other))
  return {
    get: (localId) => byId.get(localId),
    withEmail: (email) => find((account) => account.email === email),
    withGoogle: (rawId) => find(({ google }) => google?.rawId === rawId),
    all: () => [...byId.values()],
    put(account) {
      const { localId, email, google } = account
      if (email !== undefined && others(account, (other) => other.email === email)) throw apiError('EMAIL_EXISTS')
      if (google && others(account, (other) => other.google?.rawId === google.rawId))
        throw apiError('FEDERATED_USER_ID_ALREADY_LINKED')
      if (!byId.has(localId) && byId.size >= accountsMax) throw apiError('QUOTA_EXCEEDED')
      commit(new Map(byId).set(localId, account))
      return account
    },
    remove(localId) {
      const next = new Map(byId)
      next.delete(localId)
      commit(next)
    },
  }
}
