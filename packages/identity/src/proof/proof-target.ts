/** The URL that a proof names (`htu`, RFC 9449 §4.3): compared with configured values, never with a header. */

/** Visible ASCII without a backslash: a parser of URLs would repair what is written in another way. */
const plainUrl = /^https?:\/\/[!-[\]-~]+$/i

/**
 * The normalised form of an `htu` without query and fragment (RFC 9449 §4.3, RFC 3986 §6.2.2, §6.2.3); `undefined` for
 * a value that is not an absolute URL.
 */
export function targetOf(htu: unknown): string | undefined {
  if (typeof htu !== 'string' || !plainUrl.test(htu) || !URL.canParse(htu)) return undefined
  return withoutQuery(new URL(htu))
}

/** The URL of a path at the origin of a resource. Whatever the path is, it can't name another host. */
export function targetAt(resource: string, path?: string): string {
  const url = new URL(resource)
  if (path !== undefined) url.pathname = path
  return withoutQuery(url)
}

function withoutQuery(url: URL): string {
  url.search = ''
  url.hash = ''
  return url.href
}
