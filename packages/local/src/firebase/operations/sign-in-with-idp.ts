/** `accounts:signInWithIdp`: signs in with Google, or links Google to the account of an ID token. */
import type { Account } from '../account-record.ts'
import { apiError } from '../api-error.ts'
import { fields } from '../input.ts'
import { newAccount, newLocalId, revocation } from '../new-account.ts'
import { assertRecent, parseEmail, personOf } from './checks.ts'
import { type Context, operation } from './define-operation.ts'
import { type GooglePerson, googlePerson } from './google-credential.ts'

const { requestUri, postBody, idToken } = fields

/** Google's own description of the person (`additionalUserInfo` of the SDK). */
function rawUserInfo({ rawId, displayName, email, emailVerified, photoUrl }: GooglePerson): string {
  return JSON.stringify({ id: rawId, name: displayName, email, verified_email: emailVerified, picture: photoUrl })
}

function profile(person: GooglePerson) {
  const { email, emailVerified, displayName, photoUrl } = person
  return { email, emailVerified, displayName, photoUrl }
}

function response(person: GooglePerson) {
  return {
    kind: 'identitytoolkit#VerifyAssertionResponse',
    context: '',
    providerId: 'google.com',
    federatedId: `https://accounts.google.com/${person.rawId}`,
    ...profile(person),
    fullName: person.displayName,
    oauthIdToken: person.credential,
    rawUserInfo: rawUserInfo(person),
  }
}

async function signedIn({ tokens }: Context, person: GooglePerson, account: Account) {
  return { ...response(person), localId: account.localId, ...(await tokens.issue(account, 'google.com')) }
}

function linkOf({ rawId, email, displayName, photoUrl }: GooglePerson) {
  return { google: { rawId, email, displayName, photoUrl } }
}

/**
 * Google vouches for the address of an existing account. A password that was set before the address was verified may be
 * a stranger's: it is removed, and that person's tokens end.
 */
function takeOver(account: Account, person: GooglePerson, now: number): Account {
  const linked = { ...account, ...linkOf(person), emailVerified: true, lastLoginAt: now }
  const named = {
    displayName: account.displayName ?? person.displayName,
    photoUrl: account.photoUrl ?? person.photoUrl,
  }
  if (account.emailVerified) return { ...linked, ...named }
  return { ...linked, ...named, password: undefined, passwordUpdatedAt: undefined, ...revocation(account, now) }
}

/**
 * The account to sign in; undefined when another account has the address and Google has not verified it, or no person
 * has chosen it on our page.
 * @throws ApiError INVALID_IDP_RESPONSE when a page of another origin has written a credential for a known person
 */
function accountFor(context: Context, person: GooglePerson): Account | undefined {
  const { accounts, now, isForeignPage } = context
  const isChosen = context.choices.use(person.choice, person)
  const linked = accounts.withGoogle(person.rawId)
  if (linked && isForeignPage && !isChosen) throw apiError('INVALID_IDP_RESPONSE')
  if (linked) return { ...linked, ...linkOf(person), lastLoginAt: now() }
  const same = person.email === undefined ? undefined : accounts.withEmail(person.email)
  if (!same) return { ...newAccount(newLocalId(), now()), ...profile(person), ...linkOf(person) }
  const isTrusted = isChosen || (same.password === undefined && !isForeignPage)
  return person.emailVerified && isTrusted ? takeOver(same, person, now()) : undefined
}

async function signIn(context: Context, person: GooglePerson) {
  const account = accountFor(context, person)
  if (!account) return { ...response(person), needConfirmation: true }
  if (account.disabled) throw apiError('USER_DISABLED')
  const isNewUser = context.accounts.get(account.localId) === undefined
  const answer = await signedIn(context, person, context.accounts.put(account))
  return isNewUser ? { ...answer, isNewUser } : answer
}

/** `linkWithPopup` and `linkWithCredential` of the SDK. The account gets Google's address only if it has none. */
async function link(context: Context, person: GooglePerson, idToken: string) {
  const signedInPerson = await personOf(context, idToken)
  assertRecent(context, signedInPerson)
  const { account } = signedInPerson
  if (context.accounts.withGoogle(person.rawId)) throw apiError('FEDERATED_USER_ID_ALREADY_LINKED')
  const other = person.email === undefined ? undefined : context.accounts.withEmail(person.email)
  if (other && other.localId !== account.localId) throw apiError('EMAIL_EXISTS')
  const address = account.email === undefined ? { email: person.email, emailVerified: person.emailVerified } : {}
  return signedIn(context, person, context.accounts.put({ ...account, ...address, ...linkOf(person) }))
}

/** Signs a person in by a Google credential. */
export const signInWithIdp = operation({ requestUri, postBody, idToken }, (context, input) => {
  const person = googlePerson(input.requestUri, input.postBody)
  if (person.email !== undefined) parseEmail(person.email)
  return input.idToken === undefined ? signIn(context, person) : link(context, person, input.idToken)
})
