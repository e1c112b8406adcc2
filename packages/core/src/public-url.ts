/** URLs of servers on the public internet. A deployment trusts no others. */

/**
 * Returns why a URL is not public, each reason as the end of a sentence. Empty for text that is not a URL.
 * @example
 * ```ts
 * import { publicUrlFaults } from '@fieldnotes/core/public-url'
 *
 * publicUrlFaults('https://auth.example.com/jwks') // []
 * publicUrlFaults('http://localhost:8080/jwks') // ['is not https', 'is not at a public name']
 * ```
 */
export function publicUrlFaults(text: string): readonly string[] {
  if (!URL.canParse(text)) return []
  const { protocol, hostname, username, password, hash } = new URL(text)
  return [
    ...(protocol === 'https:' ? [] : ['is not https']),
    ...(isPublicName(hostname) ? [] : ['is not at a public name']),
    ...(username === '' && password === '' && hash === '' ? [] : ['has a user or a fragment']),
  ]
}

/**
 * Whether a host has a name in the public DNS. IP addresses, which end in a digit or a bracket, have none; single
 * labels and the names for private use (RFC 6761, RFC 6762, RFC 8375) are not public.
 */
function isPublicName(hostname: string): boolean {
  return /\.[a-z][a-z0-9-]*$/.test(hostname) && !privateName.test(hostname)
}

const privateName =
  /\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|invalid|example|onion|arpa)$/
