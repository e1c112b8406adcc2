/** Whether two answers are the same answer: equal data, and an error at every refused place and nowhere else. */
import type { Answer } from './peer.ts'

type Path = readonly (string | number)[]

/** What is wrong with `got` where `expected` is right; an empty list when they are the same. */
export const differences = (expected: Answer, got: Answer): string[] => [
  ...dataDifferences(expected.data, got.data, []),
  ...errorDifferences(pathsOf(expected), pathsOf(got)),
]

const show = (path: Path) => path.join('.') || 'data'

/** A refused field may be absent instead of null (generic-auth leaves it out), never anything more. */
const dataDifferences = (expected: unknown, got: unknown, path: Path): string[] => {
  if (expected === null || expected === undefined)
    return got === null || got === undefined ? [] : [`${show(path)} leaks`]
  if (typeof expected !== 'object') return Object.is(expected, got) ? [] : [`${show(path)} is ${JSON.stringify(got)}`]
  if (typeof got !== 'object' || got === null) return [`${show(path)} is ${JSON.stringify(got)}`]
  return memberDifferences(expected, got, path)
}

const memberDifferences = (expected: object, got: object, path: Path): string[] => {
  const mine = new Map(Object.entries(expected))
  const theirs = new Map(Object.entries(got))
  const extra = [...theirs.keys()].filter((key) => !mine.has(key)).map((key) => `${show([...path, key])} is too much`)
  return [...extra, ...[...mine].flatMap(([key, value]) => dataDifferences(value, theirs.get(key), [...path, key]))]
}

const pathsOf = ({ errors = [] }: Answer): Path[] => errors.map(({ path = [] }) => path)

/** Without the positions in lists: generic-auth, which refuses before there is a list, writes `@`, and Mercurius makes them text. */
const isName = (step: string | number) => !/^(?:@|\d+)$/.test(String(step))

const errorDifferences = (expected: Path[], got: Path[]): string[] => {
  const key = (path: Path) => path.filter(isName).join('.')
  const wanted = new Set(expected.map(key))
  const found = new Set(got.map(key))
  return [
    ...[...wanted].filter((path) => !found.has(path)).map((path) => `no error at ${path}`),
    ...[...found].filter((path) => !wanted.has(path)).map((path) => `unexpected error at ${path}`),
  ]
}
