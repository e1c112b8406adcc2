/** The end of the pages of a sign-in at oidc-provider. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { seeOther } from './page.ts'

/** The person who is signed in, and what oidc-provider copies into the session. */
export interface Login {
  readonly accountId: string
  readonly acr?: string
}

/**
 * Ends the browser's session of another person: oidc-provider would go on to its own page of sign-out, which is off.
 * Tokens of that person stay valid.
 */
async function endOtherSession(
  provider: Provider,
  interaction: Awaited<ReturnType<Provider['interactionDetails']>>,
  accountId: string,
): Promise<void> {
  const { session } = interaction
  if (session?.uid === undefined || session.accountId === accountId) return
  await (await provider.Session.findByUid(session.uid))?.destroy()
  interaction.session = undefined
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000))
}

/** Signs the person in, and goes on with the authorization request. */
export async function finishInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  login: Login,
): Promise<void> {
  await endOtherSession(provider, await provider.interactionDetails(request, response), login.accountId)
  const result = { login: { ...login } }
  seeOther(response, await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false }))
}
