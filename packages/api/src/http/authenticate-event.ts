/** The ways in which the endpoint authenticates a request, one for each of its paths. */
import type { Principal, Via } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import type { AuthenticateSigned } from '@fieldnotes/identity/signed-requests'
import type { Event } from './route.ts'

/** Returns the caller of an event. */
export type AuthenticateEvent = (event: Event) => Promise<Principal>

/** What API Gateway's authorizer says. A client can't set it: its headers are another member of the event. */
export function authorizerOf({ requestContext }: Pick<Event, 'requestContext'>): Readonly<Record<string, unknown>> {
  const { authorizer } = requestContext as { readonly authorizer?: Readonly<Record<string, unknown>> | null }
  return authorizer ?? {}
}

/** A token, with the proof of its key where it is bound to one: the proof is compared with the method of the event. */
export function byCredential({ authenticate }: Pick<Identity, 'authenticate'>): AuthenticateEvent {
  return ({ headers, requestContext: { http } }) => authenticate(headers, { method: http.method })
}

/** A signed request: its `Authorization` header is the signature, which API Gateway has verified. */
export function bySignature(authenticate: AuthenticateSigned): AuthenticateEvent {
  return (event) => authenticate(authorizerOf(event).iam)
}

/** The same callers, who reach the endpoint in another way: logs and rules see `via`. */
export function reachedBy(via: Via, authenticate: AuthenticateEvent): AuthenticateEvent {
  return async (event) => {
    const principal = await authenticate(event)
    return principal.kind === 'anonymous' ? principal : Object.freeze({ ...principal, via })
  }
}
