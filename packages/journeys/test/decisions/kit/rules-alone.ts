/**
 * Compares the rules with the oracle, without endpoint or store. The store starts every read from the caller's own
 * partition, so it never returns objects that the rules would have to refuse. Here the rules get those objects.
 */

import type { Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import type { Policy } from '@fieldnotes/policy/policy'
import type { CallerKind } from './callers.ts'
import type { NoteFacts } from './facts.ts'
import { type KnownCaller, outcomeOf, refusalOf, rolesFor, spec } from './oracle.ts'

const me = 'the caller'
const someone = 'another person'

/** A principal with these facts, as `identity` creates it. */
function principalOf({ kind, rights, issuer, groups, thirdParty }: CallerKind): Principal {
  if (kind === 'anonymous') return { kind }
  const members = {
    id: me,
    issuer,
    clientId: 'app',
    thirdParty,
    scopes: new Set(rights.map((right) => `notes:${right}`)),
    groups: new Set(groups.map((group) => `${issuer}:${group}`)),
  }
  return kind === 'service' ? sampleService(members) : sampleUser(members)
}

function grant(role: 'EDITOR' | 'VIEWER') {
  return { role, at: '2026-11-22T09:00:00.000Z' }
}

/** Relations of a note to the caller, including those that the store never returns. */
const notes: Readonly<Record<string, Pick<NoteFacts, 'ownerId' | 'shares' | 'trashedAt'>>> = {
  own: { ownerId: me, shares: {}, trashedAt: null },
  'own in the trash': { ownerId: me, shares: {}, trashedAt: '2026-11-22T09:00:00.000Z' },
  edited: { ownerId: someone, shares: { [me]: grant('EDITOR') }, trashedAt: null },
  viewed: { ownerId: someone, shares: { [me]: grant('VIEWER') }, trashedAt: null },
  'edited in the trash': { ownerId: someone, shares: { [me]: grant('EDITOR') }, trashedAt: '2026-11-22T09:00:00.000Z' },
  'shared with others': { ownerId: someone, shares: { other: grant('EDITOR') }, trashedAt: null },
  foreign: { ownerId: someone, shares: {}, trashedAt: null },
  'without an owner': { ownerId: '', shares: {}, trashedAt: null },
}

const people: Readonly<Record<string, { readonly id: string }>> = {
  oneself: { id: me },
  another: { id: someone },
  nameless: { id: '' },
}

/** Objects of a type, by a description. */
export function subjectsOf(type: string): Readonly<Record<string, object>> {
  if (type === 'Note') return notes
  return type === 'User' ? people : { anything: {} }
}

/** Converts the oracle's `null` to the endpoint's `undefined`. */
export function asStored(subject: object) {
  return {
    ...subject,
    ...('trashedAt' in subject && { trashedAt: subject.trashedAt ?? undefined }),
  }
}

/** An object as the oracle reads it. */
export function asFacts(subject: object) {
  return { ...subject, ...('id' in subject && { key: subject.id }) }
}

function knownOf(kind: CallerKind): KnownCaller {
  return { ...kind, id: kind.kind === 'anonymous' ? '' : me }
}

/** Whether `principal` may execute a mutation, such as `update`, on a note. */
export type Ability = (act: string, principal: Principal, note: unknown) => boolean

/** Every mutation and note for which `viewerCan` and the oracle differ. */
export function misjudgements(can: Ability, kind: CallerKind): readonly string[] {
  return Object.keys(rolesFor)
    .filter((mutation) => mutation !== 'unshareNote')
    .flatMap((mutation) =>
      Object.entries(notes).flatMap(([name, note]) => {
        const due = outcomeOf(knownOf(kind), mutation, note as NoteFacts) === undefined
        const permitted = can(mutation.replace(/Note$/, ''), principalOf(kind), asStored(note))
        return due === permitted ? [] : [`${mutation} of ${name}: ${permitted} instead of ${due}`]
      }),
    )
}

/** Every field and object for which the rules and the oracle differ. */
export function disagreements(policy: Policy, kind: CallerKind): readonly string[] {
  const principal = principalOf(kind)
  const caller = knownOf(kind)
  const coordinates = Object.entries(spec).flatMap(([type, fields]) =>
    Object.keys(fields).map((field) => [type, field] as const),
  )
  return coordinates.flatMap(([type, field]) =>
    Object.entries(subjectsOf(type)).flatMap(([name, subject]) => {
      const coordinate = `${type}.${field}`
      const due = refusalOf(caller, coordinate, asFacts(subject)) ?? 'allowed'
      const decision = policy.decide(principal, coordinate, asStored(subject))
      const decided = decision.allowed ? 'allowed' : decision.code
      return due === decided ? [] : [`${coordinate} of ${name}: ${decided} instead of ${due}`]
    }),
  )
}
