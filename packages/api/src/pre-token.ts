/**
 * Cognito's pre token generation trigger (event V2): adds name and address to access tokens. No network, no log, no
 * other file.
 */
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda'

type Attributes = Readonly<Record<string, string | undefined>>

/** No names: an address, and an account of a Windows domain. `parseName` of @fieldnotes/identity has the same rules. */
const unfit = [
  /[^\s@﹫＠](?:[@﹫＠][^\s@﹫＠]|\s*[@﹫＠]\s*[^\s@﹫＠.．。｡]+[.．。｡][^\s@﹫＠.．。｡])/u,
  /^\s*[^\s\\]+\\[^\s\\]+\s*$/u,
]

/**
 * The name that other people may see. Many providers send an address as `name` (Entra ID the user principal name), and
 * some an account (AD FS `CORP\carol`): it is then made of the other two, or left out. Neither is for other people.
 */
function nameOf({ name, given_name, family_name }: Attributes): string | undefined {
  const names = [name, [given_name, family_name].filter(Boolean).join(' ')]
  return names.find((each) => each && !unfit.some((pattern) => pattern.test(each)))
}

/**
 * `email_verified` is a string in Cognito and a boolean in the token (OpenID Connect Core §5.1). An address always has
 * this claim.
 */
function claimsOf(attributes: Attributes): Readonly<Record<string, string | boolean>> {
  const { email, email_verified } = attributes
  const name = nameOf(attributes)
  return {
    ...(name && { name }),
    ...(email && { email, email_verified: email_verified === 'true' }),
  }
}

/** The response. The library's types allow strings only; V2 accepts booleans too. */
interface PreTokenResponse extends Omit<PreTokenGenerationV2TriggerEvent, 'response'> {
  readonly response: {
    readonly claimsAndScopeOverrideDetails: {
      readonly accessTokenGeneration: { readonly claimsToAddOrOverride: ReturnType<typeof claimsOf> }
    }
  }
}

/**
 * Adds name and address to the access token, and changes neither scopes nor groups.
 * @throws Error for an event of another version or kind: Cognito then issues no token.
 */
export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenResponse> {
  if (event.version !== '2' || !event.triggerSource.startsWith('TokenGeneration_')) throw new Error('not a V2 event')
  const claimsToAddOrOverride = claimsOf(event.request.userAttributes)
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride } } } }
}
