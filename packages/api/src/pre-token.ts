/**
 * Cognito's trigger before a person's access token is made (event V2): the token names the person, as an ID token would.
 * No network, no log, nothing of ours but this file.
 */
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda'

type Attributes = Readonly<Record<string, string | undefined>>

/** Attributes are strings; the claim is a boolean, as OpenID Connect Core §5.1 has it. An address goes with its claim or not at all. */
function claimsOf({ name, email, email_verified }: Attributes): Readonly<Record<string, string | boolean>> {
  return {
    ...(name && { name }),
    ...(email && { email, email_verified: email_verified === 'true' }),
  }
}

/** What Cognito is answered. The types of the library know strings alone; V2 takes booleans too. */
interface Answer extends Omit<PreTokenGenerationV2TriggerEvent, 'response'> {
  readonly response: {
    readonly claimsAndScopeOverrideDetails: {
      readonly accessTokenGeneration: { readonly claimsToAddOrOverride: ReturnType<typeof claimsOf> }
    }
  }
}

/**
 * Adds name and address to the access token; scopes and groups stay as they are.
 * @throws Error for an event of another version or kind: no token is better than one that says something else.
 */
export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<Answer> {
  if (event.version !== '2' || !event.triggerSource.startsWith('TokenGeneration_')) throw new Error('not a V2 event')
  const claimsToAddOrOverride = claimsOf(event.request.userAttributes)
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride } } } }
}
