/** Where a browser goes after the sign-in: a path of this origin, and nothing else. */

/** Characters of a path, at most. */
const charactersMax = 1024

/** Printable ASCII without the backslash, which browsers read as a slash. It begins with one slash. */
const form = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/

/**
 * The path to return to: `text` itself, or `/` for everything that could lead elsewhere. A path below `/session` would
 * start the next sign-in.
 */
export function returnPathOf(text: string | null): string {
  if (text === null || text.length > charactersMax || !form.test(text)) return '/'
  const { origin, pathname, search, hash } = new URL(text, base)
  const isOwn = origin === base && !pathname.startsWith('//') && !/^\/session\//i.test(pathname)
  return isOwn ? `${pathname}${search}${hash}` : '/'
}

/** Any origin: the path is compared, and not the host. */
const base = 'https://origin.invalid'
