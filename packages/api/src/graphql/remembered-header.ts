/** Reads request headers that clients repeat: each distinct value is parsed once, and its length is limited. */
import { createLru } from '@fieldnotes/policy/lru'

/** Characters of `accept`, `accept-encoding` and `content-type`. Browsers and the known clients send fewer than 200. */
export const headerCharactersMax = 1_000

/** Media ranges of `accept`, and codings of `accept-encoding`. Browsers and the known clients send fewer than 10. */
export const headerElementsMax = 20

/** Values of one header that are kept. */
const valuesMax = 100

/** Commas in quoted parameters count too: a header with so many is not one that a client sends. */
function isWithinLimits(header: string): boolean {
  return header.length <= headerCharactersMax && header.split(',').length <= headerElementsMax
}

/**
 * Returns a function that parses one header and keeps the results. It returns undefined for a header that is missing,
 * empty or beyond a limit. Such a preference counts as absent, which RFC 9110 §12.5.1 permits; a beginning is never
 * parsed alone, since the rest could change its meaning.
 */
export function rememberedHeader<Value>(parse: (header: string) => Value): (header?: string) => Value | undefined {
  const parsed = createLru<string, { readonly value: Value }>(valuesMax)
  return (header) => {
    if (!header || !isWithinLimits(header)) return undefined
    return parsed.get(header, () => ({ value: parse(header) })).value
  }
}
