/** Ours with the whole of authentication: the request brings a signed token, which is verified, remembered, and found again. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type CallerName, callers } from '../callers.ts'
import { onOurs } from '../hosts/ours.ts'
import { createTrust } from '../issuer.ts'
import type { Handler, Peer } from '../peer.ts'

async function handler(): Promise<Handler> {
  const { identity, mint } = createTrust()
  const answer = onOurs(async ({ headers }) => {
    const principal = await identity.authenticate(headers)
    // The world knows its people by other ids than those that are made of issuer and subject.
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
