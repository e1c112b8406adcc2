/** Which facts a rule reads of its examples, and which of them the examples vary. */

/** Fact, such as `caller.scopes.has(notes:read)` or `object.ownerId` → the values that were read. */
export type Reads = Map<string, Set<unknown>>

const container = Symbol('an object')
/** The examples of objects are made for the caller's id, whatever it is. */
const relative = 'caller.id'

function record(reads: Reads, fact: string, value: unknown): void {
  reads.set(fact, (reads.get(fact) ?? new Set()).add(value))
}

/** The values of a set that are looked up are facts. Any other use counts as unvaried. */
function watchSet(set: ReadonlySet<unknown>, fact: string, reads: Reads): unknown {
  const has = (value: unknown): boolean => {
    record(reads, `${fact}.has(${String(value)})`, set.has(value))
    return set.has(value)
  }
  return new Proxy(set, {
    get(target, key) {
      if (key === 'has') return has
      record(reads, `${fact}.${String(key)}`, undefined)
      const member: unknown = Reflect.get(target, key, target)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}

/** A copy may be proxied also where the original is frozen. */
function copyOf(value: object): object {
  return Array.isArray(value) ? [...value] : Object.assign(Object.create(Object.getPrototypeOf(value)), value)
}

function watchObject(value: object, fact: string, reads: Reads): unknown {
  return new Proxy(copyOf(value), {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver)
      const isInherited = typeof member === 'function' && !Object.hasOwn(target, key)
      return typeof key === 'symbol' || isInherited ? member : watchMember(member, `${fact}.${key}`, reads)
    },
    has(target, key) {
      record(reads, `${String(key)} in ${fact}`, key in target)
      return key in target
    },
    getOwnPropertyDescriptor(target, key) {
      record(reads, `${String(key)} in ${fact}`, Object.hasOwn(target, key))
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    ownKeys(target) {
      record(reads, `the names in ${fact}`, Object.keys(target).join())
      return Reflect.ownKeys(target)
    },
  })
}

function watchMember(value: unknown, fact: string, reads: Reads): unknown {
  const isObject = typeof value === 'object' && value !== null
  record(reads, fact, isObject ? container : value)
  return watch(value, fact, reads)
}

/** The value, whose members are recorded when they are read. */
export function watch<T>(value: T, fact: string, reads: Reads): T {
  if (typeof value !== 'object' || value === null) return value
  return (value instanceof Set ? watchSet(value, fact, reads) : watchObject(value, fact, reads)) as T
}

/** Records that a test could not be evaluated: no example shows what it reads. */
export function recordFailure(reads: Reads): void {
  record(reads, 'an object that its examples lack', undefined)
}

/** Facts that had one value in all examples: what a rule does for another value is not known. */
function unvaried(reads: Reads): readonly string[] {
  const single = [...reads].filter(([fact, values]) => values.size === 1 && !values.has(container) && fact !== relative)
  return single.map(([fact]) => fact)
}

/** Texts of which every value has examples. */
const closedTexts: ReadonlySet<string> = new Set(['caller.kind'])

/** Whether a fact has more values than examples can have: a text, a number, or names. */
function isOpen(fact: string, values: ReadonlySet<unknown>): boolean {
  return !closedTexts.has(fact) && [...values].some((value) => typeof value === 'string' || typeof value === 'number')
}

function merged(all: readonly Reads[]): Reads {
  const facts = [...new Set(all.flatMap((reads) => [...reads.keys()]))]
  return new Map(facts.map((fact) => [fact, new Set(all.flatMap((reads) => [...(reads.get(fact) ?? [])]))]))
}

/**
 * Facts of which the examples leave open how two tests differ: those that no example varies, and those with many values
 * that one of the tests does not read.
 */
export function unknownFacts(byTest: Iterable<Reads>): readonly string[] {
  const all = [...byTest]
  const reads = merged(all)
  const unshared = [...reads].filter(([fact, values]) => isOpen(fact, values) && !all.every((each) => each.has(fact)))
  return [...new Set([...unvaried(reads), ...unshared.map(([fact]) => fact)])]
}
