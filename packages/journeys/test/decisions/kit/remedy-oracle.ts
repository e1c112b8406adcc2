/**
 * The remedies of refusals a second time, by hand: which scopes, or whose help, would make the refused field succeed.
 * It shares no code with the policy package.
 */
import { type CallerKind, canObtain, type Right } from './callers.ts'
import type { NoteFacts } from './facts.ts'
import { type KnownCaller, type NeedName, needOf, refusalOf, roleIn } from './oracle.ts'

const write: readonly Right[] = ['write']

/** For each need that scopes can fulfil, the alternatives. Every other need has no remedy. */
const alternatives: Partial<Record<NeedName, readonly (readonly Right[])[]>> = {
  'to read': [['read']],
  'to be a person, and to read by a third party': [['read']],
  'to write': [write],
  'to write, not by a third party': [write],
  'to write or trash': [write, ['trash']],
  'to write or share': [write, ['share']],
  'to be a person who shares': [write, ['share']],
  'to be a person who writes, by an own client': [write],
  'to see it and audit': [['audit']],
}

/** Needs that an app of a third party never fulfils by the right to write. */
const confined: readonly NeedName[] = [
  'to write, not by a third party',
  'to write or trash',
  'to write or share',
  'to be a person who shares',
]

function setsFor(caller: KnownCaller, need: NeedName) {
  const isConfined = caller.kind === 'person' && caller.thirdParty && confined.includes(need)
  return alternatives[need]?.filter((set) => !(isConfined && set === write))
}

/** Whether the caller fulfils what a scope can't change. */
function isEligible(caller: KnownCaller, need: NeedName, subject: unknown): boolean {
  const isPerson = caller.kind === 'person'
  if (need === 'to be a person who shares') return isPerson
  if (need === 'to be a person, and to read by a third party') return isPerson
  if (need === 'to be a person who writes, by an own client') return isPerson && !caller.thirdParty
  // Whether the note is the caller's is known only to one who reads it. Third parties do not get this scope.
  if (need === 'to see it and audit')
    return caller.rights.includes('read') && roleIn(subject as NoteFacts, caller) !== undefined && !caller.thirdParty
  return true
}

/** The user pool separates by a slash; the other issuers of this world have the names of the API. */
function scopesOf(all: readonly (readonly Right[])[], caller: CallerKind): object | undefined {
  const { issuer } = caller
  const sets = all.filter((set) => canObtain(caller, set))
  if (sets.length === 0) return undefined
  const spelled = (mark: string) => sets.map((set) => set.map((right) => `notes${mark}${right}`))
  const scopes = { kind: 'SCOPES', scopes: spelled(':') }
  return issuer === 'cognito' ? { ...scopes, issuerScopes: spelled('/') } : scopes
}

/** The remedy of a refused field; `undefined` for none. */
export function remedyOf(caller: KnownCaller, coordinate: string, subject: unknown): object | undefined {
  const code = refusalOf(caller, coordinate, subject)
  if (code === undefined || code === 'NOT_FOUND') return undefined
  if (code === 'UNAUTHENTICATED') return { kind: 'SIGN_IN' }
  const need = needOf(coordinate)
  const sets = setsFor(caller, need)
  return sets && isEligible(caller, need, subject) ? scopesOf(sets, caller as KnownCaller & CallerKind) : undefined
}

/** The remedy of a mutation that the rules allow and the role does not: a viewer who reads can become an editor. */
function roleRemedyOf(caller: KnownCaller, mutation: string, note: NoteFacts | undefined): object | undefined {
  const isViewer = note !== undefined && roleIn(note, caller) === 'VIEWER'
  return isViewer && caller.rights.includes('read') && mutation === 'updateNote' ? { kind: 'ASK_OWNER' } : undefined
}

/** The remedy of a mutation of a note that fails as a whole. */
export function mutationRemedyOf(
  caller: KnownCaller,
  mutation: string,
  note: NoteFacts | undefined,
): object | undefined {
  const coordinate = `Mutation.${mutation}`
  return refusalOf(caller, coordinate, undefined)
    ? remedyOf(caller, coordinate, undefined)
    : roleRemedyOf(caller, mutation, note)
}
