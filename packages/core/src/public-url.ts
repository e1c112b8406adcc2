/** URLs of servers that everyone can reach: the only ones that deployed code trusts. */

/** What keeps `text` from being such a URL, as ends of a sentence. Empty for text that is no URL: that is another fault. */
export function publicUrlFaults(text: string): readonly string[] {
  if (!URL.canParse(text)) return []
  const { protocol, hostname, username, password, hash } = new URL(text)
  return [
    ...(protocol === 'https:' ? [] : ['is not https']),
    ...(isPublicName(hostname) ? [] : ['is not at a public name']),
    ...(username === '' && password === '' && hash === '' ? [] : ['has a user or a fragment']),
  ]
}

/** A name in the public DNS: no address (those end in a digit or a bracket), no single label, none of the names kept for private use (RFC 6761, RFC 6762, RFC 8375). */
function isPublicName(hostname: string): boolean {
  return /\.[a-z][a-z0-9-]*$/.test(hostname) && !privateName.test(hostname)
}

const privateName =
  /\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|invalid|example|onion|arpa)$/
