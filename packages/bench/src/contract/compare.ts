/** Compares two answers: equal data, the same errors at the same paths, the same HTTP status. */
import type { GraphQLResponse, ResponseError } from './peer.ts'

/** Documented differences that a peer's refusals may have. Data may never differ. */
export interface Liberties {
  /**
   * It refuses before execution: refused fields are absent, and one error without positions covers all items of a list.
   */
  readonly refusesAhead?: true
  /** It writes list positions in paths as text. */
  readonly textPositions?: true
  /** Accepted values of `extensions.code` besides the correct one; `none` for errors without a code. */
  readonly codes?: readonly string[]
  /** Accepted HTTP status of a refusal besides the correct one. */
  readonly status?: number
}

/** Differences of `got` from the reference `expected`; empty when they are equal. */
export function differences(expected: GraphQLResponse, got: GraphQLResponse, liberties: Liberties = {}): string[] {
  const { errors: rightErrors = [], status: rightStatus, ...right } = expected
  const { errors = [], status, ...seen } = got
  const membersOf = liberties.refusesAhead ? withoutNulls : asTheyAre
  const isRightStatus = status === rightStatus || (rightErrors.length > 0 && status === liberties.status)
  return [
    ...memberDifferences(membersOf(right), membersOf(seen), []),
    ...refusalDifferences(expectedRefusals(rightErrors, liberties), seenRefusals(errors, liberties), liberties.codes),
    ...(isRightStatus ? [] : [`the status is ${status} instead of ${rightStatus}`]),
  ]
}

type Members = Readonly<Record<string, unknown>>

function asTheyAre(members: Members): Members {
  return members
}

function withoutNulls(members: Members): Members {
  return JSON.parse(JSON.stringify(members), (_key, value: unknown) => value ?? undefined) as Members
}

function memberDifferences(expected: Members, got: Members, path: readonly string[]): string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(got)])].flatMap((key) => {
    const member = [...path, key]
    if (!Object.hasOwn(expected, key)) return [`${member.join('.')} is too much`]
    if (!Object.hasOwn(got, key)) return [`${member.join('.')} is absent`]
    return valueDifferences(expected[key], got[key], member)
  })
}

function valueDifferences(expected: unknown, got: unknown, path: readonly string[]): string[] {
  if (hasMembers(expected) && hasMembers(got) && Array.isArray(expected) === Array.isArray(got))
    return memberDifferences(expected, got, path)
  if (Object.is(expected, got)) return []
  return [`${path.join('.')} ${expected === null ? 'leaks' : `is ${JSON.stringify(got)}`}`]
}

function hasMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}

interface Refusal {
  readonly position: string
  readonly code: string
}

type Path = NonNullable<ResponseError['path']>

function refusalsOf(errors: readonly ResponseError[], read: (path: Path) => Path): Refusal[] {
  return errors.map(({ path = [], extensions }) => ({
    position: JSON.stringify(read(path)),
    code: extensions?.code ?? 'none',
  }))
}

function expectedRefusals(errors: readonly ResponseError[], { refusesAhead }: Liberties): Refusal[] {
  if (!refusesAhead) return refusalsOf(errors, (path) => path)
  const refusals = refusalsOf(errors, (path) => path.filter((step) => typeof step === 'string'))
  return [...new Map(refusals.map((refusal) => [refusal.position, refusal])).values()]
}

/** A GraphQL name never starts with a digit (GraphQL §2.1.9). */
function seenRefusals(errors: readonly ResponseError[], { textPositions }: Liberties): Refusal[] {
  return refusalsOf(errors, (path) =>
    textPositions ? path.map((step) => (/^\d+$/.test(`${step}`) ? Number(step) : step)) : path,
  )
}

/** Each error covers one refusal; their order is not significant. */
function refusalDifferences(expected: Refusal[], got: readonly Refusal[], codes: readonly string[] = []): string[] {
  const missing = new Set(expected)
  const wrong = got.flatMap(({ position, code }) => {
    const right = [...missing].find((refusal) => refusal.position === position)
    if (!right) return [`unexpected error at ${position}`]
    missing.delete(right)
    return code === right.code || codes.includes(code)
      ? []
      : [`${position} is refused as ${code} instead of ${right.code}`]
  })
  return [...wrong, ...[...missing].map(({ position }) => `no error at ${position}`)]
}
