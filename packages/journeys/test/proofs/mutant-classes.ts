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
  readonly facts: KnownCaller
}

function someone(
  kind: 'person' | 'service',
  thirdParty: boolean,
  some: readonly Right[],
  in_: readonly string[],
): Someone {
  const members = { id: me, thirdParty, scopes: new Set(some.map((right) => `notes:${right}`)), groups: new Set(in_) }
  return {
    kind: kind === 'service' ? kind : thirdParty ? 'third party' : 'person',
    principal: kind === 'service' ? sampleService(members) : sampleUser(members),
    facts: { kind, who: me, id: me, rights: some, staff: in_.includes('cognito:staff'), thirdParty },
  }
}

const stranger: Someone = {
  kind: 'anonymous',
  principal: anonymous,
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

const { judge } = createSchema()
const due = new Map<string, readonly boolean[]>()

/** The decisions of the oracle, for each caller and object. */
function dueAt(coordinate: string): readonly boolean[] {
  const subjects = Object.values(subjectsOf(coordinate.split('.')[0] ?? ''))
  const known =
    due.get(coordinate) ??
    callers.flatMap(({ facts }) =>
      subjects.map((subject) => refusalOf(facts, coordinate, asFacts(subject)) === undefined),
    )
  due.set(coordinate, known)
  return known
}

type Found = Record<string, Difference>

/** Kind of caller → how the changed rule differs; kinds for which it does not are absent. */
export function differencesOf({ coordinate, rule }: Mutant): Found {
  const before = dueAt(coordinate)
  const subjects = Object.values(subjectsOf(coordinate.split('.')[0] ?? '')).map(asStored)
  const found: Found = {}
  for (const [at, { kind, principal }] of callers.entries())
    for (const [index, subject] of subjects.entries()) {
      const was = before[at * subjects.length + index]
      const is = judge(rule, { principal }, subject)
      if (was !== is) found[kind] = merged(found[kind], is ? 'wider' : 'narrower')
    }
  return found
}

function merged(known: Difference | undefined, next: Difference): Difference {
  return known === undefined || known === next ? next : 'incomparable'
}
