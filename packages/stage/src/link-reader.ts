/** Reads members of links. Each that is missing or not usable becomes a fault, so that a start reports all of them. */

type Unknown = Readonly<Record<string, unknown>>

/** Reads members of the links of one function. */
export interface LinkReader<Link extends string = string> {
  /** The member as it is; undefined where it is missing. */
  readonly member: (link: Link, name: string) => unknown
  /** The text, which must match; empty after a fault. */
  readonly text: (link: Link, name: string, pattern: RegExp) => string
  /** One of `words`; undefined where the member is missing. */
  readonly optional: <Word extends string>(link: Link, name: string, words: readonly Word[]) => Word | undefined
  /** One of `words`, which must be there; the first of them after a fault. */
  readonly word: <Word extends string>(link: Link, name: string, words: readonly [Word, ...Word[]]) => Word
  /** A list of one or more names; empty after a fault. */
  readonly list: (link: Link, name: string) => readonly string[]
  /** Adds faults that another parser found. */
  readonly fail: (faults: readonly string[]) => void
}

/** Returns the reader of these links, which adds its faults to `faults`. A fault quotes no value. */
export function createLinkReader<Link extends string>(
  links: Readonly<Record<Link, unknown>>,
  faults: string[],
): LinkReader<Link> {
  function member(link: Link, name: string): unknown {
    const value = links[link]
    return typeof value === 'object' && value !== null ? (value as Unknown)[name] : undefined
  }
  function fault(link: Link, name: string): void {
    faults.push(`${link}.${name} is ${member(link, name) === undefined ? 'missing' : 'not usable'}`)
  }
  return {
    member,
    text: (link, name, pattern) => {
      const value = member(link, name)
      if (typeof value === 'string' && pattern.test(value)) return value
      fault(link, name)
      return ''
    },
    word: (link, name, words) => {
      const found = words.find((each) => each === member(link, name))
      if (found === undefined) fault(link, name)
      return found ?? words[0]
    },
    optional: (link, name, words) => {
      const value = member(link, name)
      const word = words.find((each) => each === value)
      if (value !== undefined && word === undefined) faults.push(`${link}.${name} is not usable`)
      return word
    },
    list: (link, name) => {
      const value = member(link, name)
      if (isNames(value)) return value
      faults.push(`${link}.${name} is not a list of names`)
      return []
    },
    fail: (found) => void faults.push(...found),
  }
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && item)
}
