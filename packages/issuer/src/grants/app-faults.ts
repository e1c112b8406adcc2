/** What is wrong with the addresses and the name of an app. */
import { lineFault } from '@fieldnotes/core/visible-text'
import { isVendorAddress } from './app-rows.ts'

const redirectUrisMax = 10
const uriCharsMax = 2048
const titleCharsMax = 80

const loopback: readonly string[] = ['127.0.0.1', '[::1]']

/** A name in the DNS with a dot: no address of a network, no wildcard, no dot at the end. */
const hostName = /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/

/** Addresses at this machine, or over TLS at another, in the one spelling that `URL` gives. */
function isRedirectUri(uri: unknown): uri is string {
  const url = typeof uri === 'string' && uri.length <= uriCharsMax ? URL.parse(uri) : null
  if (!url || url.href !== uri || url.hash !== '' || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'http:') return loopback.includes(url.hostname)
  return url.protocol === 'https:' && hostName.test(url.hostname)
}

function redirectFaults(profile: string, given: unknown): readonly string[] {
  const isList =
    Array.isArray(given) && given.length > 0 && given.length <= redirectUrisMax && given.every(isRedirectUri)
  if (!isList) return [`redirectUris is not a list of 1 to ${redirectUrisMax} addresses over TLS, or at this machine`]
  if (new Set(given).size !== given.length) return ['redirectUris has an address twice']
  return given.every((uri) => isVendorAddress(profile, uri)) ? [] : [`redirectUris has one that is not of ${profile}`]
}

function isTitle(title: unknown): boolean {
  return typeof title === 'string' && lineFault(title, titleCharsMax) === undefined
}

/** Returns one sentence for each fault of addresses and name. They quote nothing that was given. */
export function appFaults(
  profile: string,
  { redirectUris, title }: { readonly redirectUris?: unknown; readonly title?: unknown },
): readonly string[] {
  return [
    ...redirectFaults(profile, redirectUris),
    ...(isTitle(title) ? [] : [`title is not one visible line of 1 to ${titleCharsMax} characters`]),
  ]
}
