import { createIdentity } from '@fieldnotes/identity/identity'
import type { Introspect } from '@fieldnotes/identity/introspect'
import type { Settings } from '@fieldnotes/identity/settings'

export interface Endpoint {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

export function introspectAt({ url, clientId, clientSecret }: Endpoint): Introspect {
  const secret = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')
  return async (token) => {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' })
    const headers = { authorization: `Basic ${secret}`, accept: 'application/json' }
    const signal = AbortSignal.timeout(2000)
    const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'error' })
    if (!response.ok) throw new Error(`the introspection endpoint answered ${response.status}`)
    return (await response.json()) as Record<string, unknown>
  }
}

export function identityWithIntrospection(settings: Settings, endpoint: Endpoint) {
  return createIdentity({ ...settings, introspect: introspectAt(endpoint) })
}
