/**
 * What a changed rule opens and closes, found without `prove`: the oracle decides for the rule as it should be, the
 * policy decides by the changed rule, for every caller with the facts that any rule or mistake reads.
 */
import { createSchema } from '@fieldnotes/api/schema'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import type { Difference } from '@fieldnotes/policy/classify'
import type { Mutant } from '../../scripts/mutants.ts'
import type { Right } from '../decisions/kit/callers.ts'
import { type KnownCaller, refusalOf } from '../decisions/kit/oracle.ts'
import { asFacts, asStored, subjectsOf } from '../decisions/kit/rules-alone.ts'

const me = 'the caller'
const rights: readonly Right[] = ['read', 'write', 'share', 'trash', 'audit']
const groups = ['cognito:staff', 'firebase:staff', 'cognito:other', 'cognito:Staff']

function subsetsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const numbers = Array.from({ length: 2 ** items.length }, (_, number) => number)
  return numbers.map((number) => items.filter((_, index) => (number & (1 << index)) !== 0))
}

interface Someone {
  readonly kind: 'anonymous' | 'person' | 'third party' | 'service'
  readonly principal: Principal
  /** The same caller, who has just signed in where it is a person. */
  readonly recent: Principal
  readonly facts: KnownCaller
}

function someone(
  kind: 'person' | 'service',
  thirdParty: boolean,
  some: readonly Right[],
  in_: readonly string[],
): Someone {
  const members = { id: me, thirdParty, scopes: new Set(some.map((right) => `notes:${right}`)), groups: new Set(in_) }
  const service = sampleService(members)
  const now = Math.floor(Date.now() / 1000)
  return {
    kind: kind === 'service' ? kind : thirdParty ? 'third party' : 'person',
    principal: kind === 'service' ? service : sampleUser(members),
    recent: kind === 'service' ? service : sampleUser({ ...members, authenticatedAt: now }),
    facts: { kind, who: me, id: me, rights: some, staff: in_.includes('cognito:staff'), thirdParty },
  }
}

const stranger: Someone = {
  kind: 'anonymous',
  principal: anonymous,
  recent: anonymous,
  facts: { kind: 'anonymous', who: '', id: '', rights: [], staff: false, thirdParty: false },
}

const callers: readonly Someone[] = [
  stranger,
  ...(['person', 'service'] as const).flatMap((kind) =>
    [false, true].flatMap((thirdParty) =>
      subsetsOf(rights).flatMap((some) => subsetsOf(groups).map((in_) => someone(kind, thirdParty, some, in_))),
    ),
  ),
]

/** A request for a field: its arguments, whether the caller has just signed in, and what the oracle says of both. */
interface FieldRequest {
  readonly args: object
  readonly isRecent: boolean
  readonly isMet: boolean
}

const plain: readonly FieldRequest[] = [{ args: {}, isRecent: false, isMet: true }]

/** Fields whose rule reads arguments. Ending every sign-in needs a recent one. */
const requests: Readonly<Record<string, readonly FieldRequest[]>> = {
  'Mutation.signOut': [true, false, null].flatMap((everywhere) =>
    [true, false].map((isRecent) => ({
      args: { input: { everywhere } },
      isRecent,
      isMet: everywhere !== true || isRecent,
    })),
  ),
}

const { judge } = createSchema()
const due = new Map<string, readonly boolean[]>()

/** The decisions of the oracle, for each caller, object and request. */
function dueAt(coordinate: string): readonly boolean[] {
  const subjects = Object.values(subjectsOf(coordinate.split('.')[0] ?? ''))
  const known =
    due.get(coordinate) ??
    callers.flatMap(({ facts }) =>
      subjects.flatMap((subject) => {
        const isAllowed = refusalOf(facts, coordinate, asFacts(subject)) === undefined
        return (requests[coordinate] ?? plain).map(({ isMet }) => isAllowed && isMet)
      }),
    )
  due.set(coordinate, known)
  return known
}

type Found = Record<string, Difference>

/** Kind of caller → how the changed rule differs; kinds for which it does not are absent. */
export function differencesOf({ coordinate, rule }: Mutant): Found {
  const before = dueAt(coordinate).values()
  const subjects = Object.values(subjectsOf(coordinate.split('.')[0] ?? '')).map(asStored)
  const cases = subjects.flatMap((subject) => (requests[coordinate] ?? plain).map((each) => ({ subject, ...each })))
  const found: Found = {}
  for (const { kind, principal, recent } of callers)
    for (const { subject, args, isRecent } of cases) {
      const is = judge(rule, { principal: isRecent ? recent : principal }, subject, args)
      if (before.next().value !== is) found[kind] = merged(found[kind], is ? 'wider' : 'narrower')
    }
  return found
}

function merged(known: Difference | undefined, next: Difference): Difference {
  return known === undefined || known === next ? next : 'incomparable'
}
