/** A person's account, and how the API shows it. */
import { isCount, isFlag, isText, members, optional } from '../member-checks.ts'
import { assertCustomClaims } from './operations/custom-claims.ts'
import { parseHash } from './passwords.ts'

/** The person's account at Google, linked to the account here. */
export interface GoogleLink {
  readonly rawId: string
  readonly email: string | undefined
  readonly displayName: string | undefined
  readonly photoUrl: string | undefined
}

/** An account. Times are in milliseconds since the epoch, `validSince` in seconds. */
export interface Account {
  readonly localId: string
  /** In lower case. */
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly displayName: string | undefined
  readonly photoUrl: string | undefined
  /** Hash of the password. */
  readonly password: string | undefined
  readonly passwordUpdatedAt: number | undefined
  readonly google: GoogleLink | undefined
  /** JSON of the custom claims. */
  readonly customAttributes: string | undefined
  readonly disabled: boolean
  readonly createdAt: number
  readonly lastLoginAt: number
  /** ID tokens issued before it are expired. */
  readonly validSince: number
  /** Refresh tokens of another epoch are expired. It changes with the password, so within one second too. */
  readonly epoch: string
}

const isGoogleLink = members<GoogleLink>({
  rawId: isText,
  email: optional(isText),
  displayName: optional(isText),
  photoUrl: optional(isText),
})

/** Whether a text is JSON of custom claims that can be written into a token. */
function isClaims(value: unknown): boolean {
  try {
    assertCustomClaims(String(value))
    return isText(value)
  } catch {
    return false
  }
}

/** Whether a value of the stored file is an account, each member of it. */
export const isAccount = members<Account>({
  localId: isText,
  email: optional(isText),
  emailVerified: isFlag,
  displayName: optional(isText),
  photoUrl: optional(isText),
  password: optional((value) => isText(value) && parseHash(value) !== undefined),
  passwordUpdatedAt: optional(isCount),
  google: optional(isGoogleLink),
  customAttributes: optional(isClaims),
  disabled: isFlag,
  createdAt: isCount,
  lastLoginAt: isCount,
  validSince: isCount,
  epoch: isText,
})

/** How a person signed in. */
export type Provider = 'password' | 'google.com'

function passwordInfo({ email, displayName, photoUrl }: Account) {
  return { providerId: 'password', email, federatedId: email, rawId: email, displayName, photoUrl }
}

function googleInfo({ rawId, ...link }: GoogleLink) {
  return { providerId: 'google.com', rawId, federatedId: rawId, ...link }
}

/** The linked providers (`ProviderUserInfo` of the Identity Toolkit API); undefined for an account without one. */
export function providersOf(account: Account): readonly object[] | undefined {
  const linked = [
    ...(account.password === undefined ? [] : [passwordInfo(account)]),
    ...(account.google ? [googleInfo(account.google)] : []),
  ]
  return linked.length > 0 ? linked : undefined
}

/** The account as the API shows it (`UserInfo`), without the hash of the password. */
export function userInfo(account: Account): object {
  const { localId, email, emailVerified, displayName, photoUrl, customAttributes, disabled } = account
  return {
    ...{ localId, email, emailVerified, displayName, photoUrl, customAttributes, disabled },
    passwordUpdatedAt: account.passwordUpdatedAt,
    providerUserInfo: providersOf(account),
    validSince: String(account.validSince),
    createdAt: String(account.createdAt),
    lastLoginAt: String(account.lastLoginAt),
  }
}
