/**
 * Cuts credentials out of messages. Libraries quote the value that they refuse, such as a whole `Authorization` header,
 * and what a command prints goes to logs and tickets.
 */

const cut = '[cut]'

/** A quoted header with credentials, up to its closing quote: a line break may be what the library refuses. */
const header = /\b(Bearer|Basic)\s+[\w.~+/=-]{16,}[^"'`]*/gi

/** A JWT or a part of one, which starts as base64url of `{"`. Line breaks of a terminal may split it. */
const jwt = /\beyJ[\w-]{8,}(?:[.\s]{1,3}[\w-]{16,})*/g

/** An API key (docs/api-keys.md). */
const apiKey = /\bfn_[a-z0-9]{1,40}_[a-z0-9]{1,32}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}/g

/** Characters of a part of `FIELDNOTES_TOKEN` that is cut. Shorter parts can be words of any message. */
const partCharsMin = 16

/** Parts of the given token, the longest first: one can be the start of another. */
function partsOf(token: string): readonly string[] {
  const parts = token.split(/[\s.]+/).filter((part) => part.length >= partCharsMin)
  return parts.sort((one, other) => other.length - one.length)
}

/**
 * Returns `text` with `[cut]` in the place of each header of credentials, each JWT, each API key, and each part of
 * `given`.
 */
export function withoutCredentials(text: string, given = process.env.FIELDNOTES_TOKEN ?? ''): string {
  const known = partsOf(given).reduce((rest, part) => rest.replaceAll(part, cut), text)
  return known.replace(header, `$1 ${cut}`).replace(jwt, cut).replace(apiKey, cut)
}
