/** `accounts:sendOobCode`: sends a link by e-mail. An unknown address has the response of a known one. */
import type { Account } from '../account-record.ts'
import { apiError, required } from '../api-error.ts'
import { type Code, type CodeType, codeModes } from '../codes.ts'
import { fields, type Input } from '../input.ts'
import { isUsable } from './apply-code.ts'
import { assertLocalUrl, assertRecent, parseEmail, personOf } from './checks.ts'
import { type Context, operation } from './define-operation.ts'

const { requestType, email, newEmail, idToken, continueUrl, returnOobLink } = fields
const wanted = { requestType, email, newEmail, idToken, continueUrl, returnOobLink }
type Wanted = Input<typeof wanted>

/** The account and the address that a code is for. */
interface Target {
  readonly email: string
  readonly account: Account | undefined
  readonly newEmail?: string
}

/** The account of the ID token; for the owner, the account with the address. */
async function targetOf(context: Context, input: Wanted): Promise<Target & { readonly account: Account }> {
  const isOwn = !context.isOwner || input.idToken !== undefined
  const account = isOwn
    ? (await personOf(context, input.idToken)).account
    : context.accounts.withEmail(parseEmail(input.email))
  if (!account) throw apiError('USER_NOT_FOUND')
  return { account, email: required(account.email, 'MISSING_EMAIL') }
}

const targets: Readonly<Record<CodeType, (context: Context, input: Wanted) => Target | Promise<Target>>> = {
  PASSWORD_RESET({ accounts }, input) {
    const email = parseEmail(input.email)
    return { email, account: accounts.withEmail(email) }
  },
  VERIFY_EMAIL: targetOf,
  async VERIFY_AND_CHANGE_EMAIL(context, input) {
    const newEmail = parseEmail(input.newEmail, 'MISSING_NEW_EMAIL')
    if (input.idToken !== undefined) assertRecent(context, await personOf(context, input.idToken))
    if (context.accounts.withEmail(newEmail)) throw apiError('EMAIL_EXISTS')
    return { ...(await targetOf(context, input)), newEmail }
  },
}

interface Sending {
  readonly type: CodeType
  readonly account: Account
  readonly newEmail: string | undefined
}

function typeOf(text: string | undefined): CodeType {
  const type = required(text, 'MISSING_REQ_TYPE')
  if (!Object.hasOwn(codeModes, type)) throw apiError('OPERATION_NOT_ALLOWED')
  return type as CodeType
}

const subjects: Readonly<Record<CodeType, string>> = {
  PASSWORD_RESET: 'Choose a new password for Fieldnotes',
  VERIFY_EMAIL: 'Confirm your address for Fieldnotes',
  VERIFY_AND_CHANGE_EMAIL: 'Confirm your new address for Fieldnotes',
}

function linkTo(origin: string, type: CodeType, continueUrl: string | undefined) {
  return (oobCode: string): string => {
    const url = new URL('/emulator/action', origin)
    const members = { mode: codeModes[type], lang: 'en', oobCode, apiKey: 'local', ...(continueUrl && { continueUrl }) }
    url.search = String(new URLSearchParams(members))
    return url.href
  }
}

function deliver(context: Context, { requestType, email, newEmail, oobLink }: Code): void {
  const subject = subjects[requestType]
  const text = `${subject}: open the link within one hour. Ignore this message if you did not request it.`
  context.deliver({ to: newEmail ?? email, subject, text, link: oobLink })
}

/** Milliseconds in which the link of the last mail stays the only one. */
const pauseMilliseconds = 60_000

/** Whether the person has just got such a link, and can use it. Requests of strangers then send no further mail. */
function wasJustSent(context: Context, { type, account, newEmail }: Sending): boolean {
  return usableCodes(context).some(
    (code) =>
      code.localId === account.localId &&
      code.requestType === type &&
      code.newEmail === newEmail &&
      context.now() - code.sentAt < pauseMilliseconds,
  )
}

/** Creates and sends a code. The owner may have the link in the response instead (`returnOobLink`). */
export const sendCode = operation(wanted, async (context, input) => {
  const type = typeOf(input.requestType)
  if (input.returnOobLink && !context.isOwner) throw apiError('INSUFFICIENT_PERMISSION')
  assertLocalUrl(input.continueUrl)
  const { email, account, newEmail } = await targets[type](context, input)
  const response = { kind: 'identitytoolkit#GetOobConfirmationCodeResponse', email }
  if (!account || account.disabled) return response
  if (!context.isOwner && wasJustSent(context, { type, account, newEmail })) return response
  const { localId, epoch } = account
  const members = { requestType: type, localId, epoch, email, newEmail }
  const code = context.codes.create(members, linkTo(context.origin, type, input.continueUrl))
  if (input.returnOobLink) return { ...response, oobCode: code.oobCode, oobLink: code.oobLink }
  deliver(context, code)
  return response
})

function usableCodes(context: Context): readonly Code[] {
  return context.codes.all().filter((code) => isUsable(context, code))
}

/** The codes that can still be used, as Google's emulator lists them. */
export const listCodes = operation({}, (context) => ({
  oobCodes: usableCodes(context).map(({ email, newEmail, requestType, oobCode, oobLink }) => ({
    ...{ email, newEmail, requestType, oobCode, oobLink },
  })),
}))
