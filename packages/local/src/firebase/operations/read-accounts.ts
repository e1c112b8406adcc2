/** `accounts:lookup`, `accounts:batchGet`, and what a project shows of itself. */
import { randomBytes } from 'node:crypto'
import { userInfo } from '../account-record.ts'
import { required } from '../api-error.ts'
import { type Body, fields } from '../input.ts'
import { parseEmail, personOf } from './checks.ts'
import { type Context, operation } from './define-operation.ts'

const lookupOwn = operation({ idToken: fields.idToken }, async (context, { idToken }) => {
  const { account } = await personOf(context, idToken)
  return { kind: 'identitytoolkit#GetAccountInfoResponse', users: [userInfo(account)] }
})

const lookupAsOwner = operation({ localId: fields.localIds, email: fields.emails }, ({ accounts }, input) => {
  const byId = (input.localId ?? []).map(accounts.get)
  const byEmail = (input.email ?? []).map((email) => accounts.withEmail(email.toLowerCase()))
  const found = [...new Set([...byId, ...byEmail])].flatMap((account) => (account ? [userInfo(account)] : []))
  return { kind: 'identitytoolkit#GetAccountInfoResponse', ...(found.length > 0 && { users: found }) }
})

/** The account of an ID token; for the owner, accounts by ids and addresses. */
export function lookup(context: Context, body: Body): Promise<object> {
  return context.isOwner && body.idToken === undefined ? lookupAsOwner(context, body) : lookupOwn(context, body)
}

/** All accounts, for the owner. Their number is small, so that there is one page. */
export const listAccounts = operation({}, ({ accounts }) => ({
  kind: 'identitytoolkit#DownloadAccountResponse',
  users: accounts.all().map(userInfo),
}))

/** `accounts:createAuthUri` never says whether an address has an account ("email enumeration protection"). */
export const createAuthUri = operation({ identifier: fields.identifier }, (_context, { identifier }) => {
  parseEmail(required(identifier, 'MISSING_IDENTIFIER'))
  return { kind: 'identitytoolkit#CreateAuthUriResponse', sessionId: randomBytes(20).toString('base64url') }
})

/** What the SDK reads before a popup: the domains whose pages may sign people in. */
export const readProject = operation({}, ({ projectId }) => ({
  projectId,
  authorizedDomains: ['localhost', '127.0.0.1'],
}))

/** Rules of passwords, for `validatePassword` of the SDK. */
export const passwordPolicy = operation({}, () => ({
  customStrengthOptions: { minPasswordLength: 6, maxPasswordLength: 4096 },
  allowedNonAlphanumericCharacters: [],
  enforcementState: 'ENFORCE',
  forceUpgradeOnSignin: false,
  schemaVersion: 1,
}))
