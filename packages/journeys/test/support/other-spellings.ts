/** Addresses that are not the registered one, although some look like it. */

/** What differs, and the address. */
export const otherSpellings: readonly (readonly [what: string, of: (registered: URL) => string])[] = [
  ['another host', (uri: URL) => uri.href.replace(uri.host, 'evil.example')],
  ['a host that begins alike', (uri: URL) => uri.href.replace(uri.host, `${uri.host}.evil.example`)],
  ['a suffix', (uri: URL) => `${uri.href}/more`],
  ['a query', (uri: URL) => `${uri.href}?a=b`],
  ['a fragment', (uri: URL) => `${uri.href}#a`],
  ['userinfo', (uri: URL) => uri.href.replace('https://', 'https://a@')],
  ['a port', (uri: URL) => uri.href.replace(uri.host, `${uri.host}:8443`)],
  ['its own port', (uri: URL) => uri.href.replace(uri.host, `${uri.host}:443`)],
  ['upper case', (uri: URL) => uri.href.replace(uri.host, uri.host.toUpperCase())],
  ['a way up', (uri: URL) => uri.href.replace(uri.pathname, `/x/..${uri.pathname}`)],
  ['another scheme', (uri: URL) => uri.href.replace('https:', 'http:')],
  ['the address of another app', () => 'http://127.0.0.1:53682/callback'],
]
