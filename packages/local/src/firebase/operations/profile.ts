/** The fields of a profile, which a person and the owner may both change. */
import { type Account, providersOf } from '../account-record.ts'
import { apiError } from '../api-error.ts'
import { fields, type Input } from '../input.ts'
import { revocation } from '../new-account.ts'
import { newPassword, parseEmail } from './checks.ts'

const { displayName, photoUrl, email, password, deleteAttribute, deleteProvider } = fields

/** Fields of a profile. */
export const profileFields = { displayName, photoUrl, email, password, deleteAttribute, deleteProvider }

const withoutPassword = { password: undefined, passwordUpdatedAt: undefined }
const withoutEmail = { email: undefined, emailVerified: false }

/** Value of `deleteAttribute` or `deleteProvider` → members of the account afterwards. */
const removals: Readonly<Record<string, Partial<Account>>> = {
  DISPLAY_NAME: { displayName: undefined },
  PHOTO_URL: { photoUrl: undefined },
  EMAIL: withoutEmail,
  PASSWORD: withoutPassword,
  password: withoutPassword,
  'google.com': { google: undefined },
}

function removed(names: readonly string[]): Partial<Account> {
  const found = names.map((name) => (Object.hasOwn(removals, name) ? removals[name] : undefined))
  if (found.includes(undefined)) throw apiError('OPERATION_NOT_ALLOWED')
  return Object.assign({}, ...found)
}

function removedBy({ deleteAttribute = [], deleteProvider = [] }: ProfileInput): readonly string[] {
  return [...deleteAttribute, ...deleteProvider]
}

/** Whether the input removes the address or the password. */
function removesCredential(input: ProfileInput): boolean {
  return removedBy(input).some((name) => ['EMAIL', 'PASSWORD', 'password'].includes(name))
}

/** Whether the input changes how a person signs in: that needs a recent sign-in. */
export function changesSignIn(input: ProfileInput): boolean {
  const { email, password, deleteProvider = [] } = input
  return email !== undefined || password !== undefined || removesCredential(input) || deleteProvider.length > 0
}

/** The members that have a value. */
export function given<T extends object>(members: T): { readonly [N in keyof T]?: NonNullable<T[N]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}

type ProfileInput = Input<typeof profileFields>

/** Members for a password of the input. They come first, because a hash takes long enough for another change. */
export async function secretOf({ password }: ProfileInput, now: number): Promise<Partial<Account>> {
  return password === undefined ? {} : newPassword(password, now)
}

/**
 * Members for the fields of a profile. A changed address is not verified. It ends tokens as a new password does, and as
 * the removal of either.
 */
export function profileChanges(
  account: Account,
  input: ProfileInput,
  { secret, now }: { readonly secret: Partial<Account>; readonly now: number },
): Partial<Account> {
  const email = input.email === undefined ? account.email : parseEmail(input.email)
  const isMoved = email !== account.email
  const ends = isMoved || input.password !== undefined || removesCredential(input)
  return {
    ...given({ displayName: input.displayName, photoUrl: input.photoUrl }),
    ...(isMoved && { email, emailVerified: false }),
    ...secret,
    ...removed(removedBy(input)),
    ...(ends && revocation(account, now)),
  }
}

/** @throws ApiError OPERATION_NOT_ALLOWED when a person could never sign in again */
export function assertReachable({ email, password, google }: Account): void {
  if (google === undefined && (email === undefined || password === undefined)) throw apiError('OPERATION_NOT_ALLOWED')
}

/** The response of `accounts:update`. */
export function updated(account: Account) {
  const { localId, email, emailVerified, displayName, photoUrl } = account
  const members = { localId, email, emailVerified, displayName, photoUrl, providerUserInfo: providersOf(account) }
  return { kind: 'identitytoolkit#SetAccountInfoResponse', ...members }
}
