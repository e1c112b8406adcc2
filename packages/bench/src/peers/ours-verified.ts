/**
 * Ours with full authentication: each request has a signed token, which is verified once and then found in the cache.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Handler, Peer } from '../contract/peer.ts'
import { fieldnotesHandler } from '../hosts/fieldnotes-handler.ts'
import { type CallerName, callers } from '../world/callers.ts'
import { createTrust } from '../world/issuer.ts'

async function handler(): Promise<Handler> {
  const { identity, mint } = createTrust()
  const answer = fieldnotesHandler(async ({ headers }) => {
    const principal = await identity.authenticate(headers)
    // The bench's people have ids that are not derived from issuer and subject.
    return principal.kind === 'anonymous' ? principal : callers[principal.subject as CallerName]
  })
  const signed = new WeakMap<APIGatewayProxyEventV2, APIGatewayProxyEventV2>()
  const sign = async (event: APIGatewayProxyEventV2) => {
    const name = event.headers.authorization?.replace('Bearer ', '') ?? ''
    const { authorization: _, ...headers } = event.headers
    const token = name === 'anonymous' ? {} : { authorization: `Bearer ${await mint(name)}` }
    const made = { ...event, headers: { ...headers, ...token } }
    signed.set(event, made)
    return made
  }
  return async (event, context) => answer(signed.get(event) ?? (await sign(event)), context)
}

export const peer: Peer = { handler }
