import type { GroupMode, GroupPolicy } from '@fieldnotes/core/group-policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Allowed,
  allowedScopes,
  type PolicyEntry,
  scopesOfUnknownGroups,
} from '../../src/groups/allowed-scopes.ts'

const staff: GroupPolicy = { group: 'cognito:staff', allow: ['read', 'write'], deny: [] }
const guests: GroupPolicy = { group: 'cognito:guests', allow: ['read', 'share'], deny: ['write'] }

function allowed(groups: readonly string[], policies: readonly PolicyEntry[], mode: GroupMode = 'open') {
  const found = allowedScopes(policies, new Set(groups), mode)
  return found === 'all' ? 'all' : [...found].sort()
}

describe('the scopes of a person', () => {
  it.each<readonly [string, readonly string[], readonly PolicyEntry[], Allowed | readonly string[], readonly string[]]>(
    [
      ['of one group are what it allows', ['cognito:staff'], [staff, guests], ['read', 'write'], ['read', 'write']],
      [
        'of two groups are what both allow together, less what one denies',
        ['cognito:staff', 'cognito:guests'],
        [staff, guests],
        ['read', 'share'],
        ['read', 'share'],
      ],
      ['without groups', [], [staff], 'all', []],
      ['of a group without a policy', ['cognito:others'], [staff], 'all', []],
      ['of a group of that name at another issuer', ['firebase:staff'], [staff], 'all', []],
      ['of a group whose name begins alike', ['cognito:staff2'], [staff], 'all', []],
      ['of a group that only denies are none', ['cognito:x'], [{ group: 'cognito:x', allow: [], deny: ['a'] }], [], []],
      [
        'of a group whose policy is broken are none, whatever another group allows',
        ['cognito:staff', 'cognito:x'],
        [staff, { group: 'cognito:x', isBroken: true }],
        [],
        [],
      ],
      [
        'do not depend on a broken policy of another group',
        ['cognito:staff'],
        [staff, { group: 'cognito:x', isBroken: true }],
        ['read', 'write'],
        ['read', 'write'],
      ],
    ],
  )('%s', (_what, groups, policies, open, governed) => {
    expect(allowed(groups, policies, 'open')).toEqual(open)
    expect(allowed(groups, policies, 'governed')).toEqual(governed)
  })
})

describe('the scopes of a person whose groups are unknown', () => {
  it.each<readonly [string, readonly PolicyEntry[], Allowed | readonly string[]]>([
    ['are all where the issuer has no policy', [{ ...staff, group: 'firebase:staff' }], 'all'],
    ['are what every membership leaves', [staff, guests], ['read']],
    ['are none where one of the groups may have nothing', [staff, { ...guests, allow: [] }], []],
    ['are none where a policy is broken', [staff, { group: 'cognito:x', isBroken: true }], []],
    [
      'do not depend on a broken policy of another issuer',
      [staff, { group: 'firebase:x', isBroken: true }],
      ['read', 'write'],
    ],
  ])('%s, and none where groups are governed', (_what, policies, open) => {
    const found = scopesOfUnknownGroups(policies, 'cognito', 'open')
    expect(found === 'all' ? 'all' : [...found].sort()).toEqual(open)
    expect(scopesOfUnknownGroups(policies, 'cognito', 'governed')).toEqual(new Set())
  })
})

const names = ['read', 'write', 'share', 'trash']
const scopes = fc.subarray(names)
const groups = ['cognito:a', 'cognito:b', 'cognito:c', 'firebase:a']

function policyOf(group: string): fc.Arbitrary<PolicyEntry> {
  const readable = fc.record({ group: fc.constant(group), allow: scopes, deny: scopes })
  return fc.oneof({ weight: 9, arbitrary: readable }, fc.constant({ group, isBroken: true as const }))
}

const policies = fc
  .tuple(...groups.map((group) => fc.option(policyOf(group), { nil: undefined })))
  .map((entries) => entries.filter((entry) => entry !== undefined))
const mode = fc.constantFrom<GroupMode>('open', 'governed')
const memberships = fc.subarray(groups).map((list) => new Set(list))

/** What a token with every scope keeps. */
function kept(found: Allowed): readonly string[] {
  return names.filter((name) => found === 'all' || found.has(name))
}

describe('policies', () => {
  it('mean the same in any order, of policies and of groups', () => {
    const shuffled = policies.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, memberships, mode, ([one, other], member, inMode) => {
        const reversed = new Set([...member].reverse())
        expect(kept(allowedScopes(one, member, inMode))).toEqual(kept(allowedScopes(other, reversed, inMode)))
        expect(kept(scopesOfUnknownGroups(one, 'cognito', inMode))).toEqual(
          kept(scopesOfUnknownGroups(other, 'cognito', inMode)),
        )
      }),
    )
  })

  it('never give more with one more denial', () => {
    fc.assert(
      fc.property(
        policies,
        memberships,
        mode,
        fc.constantFrom(...names),
        fc.nat(),
        (list, member, inMode, scope, at) => {
          const target = list.length === 0 ? -1 : at % list.length
          const denying = list.map((entry, index) =>
            index === target && 'deny' in entry ? { ...entry, deny: [...new Set([...entry.deny, scope])] } : entry,
          )
          const before = kept(allowedScopes(list, member, inMode))
          expect(before).toEqual(expect.arrayContaining([...kept(allowedScopes(denying, member, inMode))]))
          expect(kept(scopesOfUnknownGroups(list, 'cognito', inMode))).toEqual(
            expect.arrayContaining([...kept(scopesOfUnknownGroups(denying, 'cognito', inMode))]),
          )
        },
      ),
    )
  })

  it('are the union of what they allow less each denial, as a second formula says', () => {
    fc.assert(
      fc.property(policies, memberships, mode, (list, member, inMode) => {
        const own = list.filter(({ group }) => member.has(group))
        const expected = names.filter((name) => {
          if (own.length === 0) return inMode === 'open'
          const readable = own.flatMap((entry) => ('isBroken' in entry ? [] : [entry]))
          if (readable.length < own.length) return false
          return readable.some(({ allow }) => allow.includes(name)) && !readable.some(({ deny }) => deny.includes(name))
        })
        expect(kept(allowedScopes(list, member, inMode))).toEqual(expected)
      }),
    )
  })

  it('leave a person whose groups are unknown no scope that some membership would take', () => {
    fc.assert(
      fc.property(policies, fc.subarray(groups.slice(0, 3)), mode, (list, some, inMode) => {
        const unknown = kept(scopesOfUnknownGroups(list, 'cognito', inMode))
        expect(kept(allowedScopes(list, new Set(some), inMode))).toEqual(expect.arrayContaining([...unknown]))
      }),
    )
  })

  it('of governed groups never give more than those of open ones', () => {
    fc.assert(
      fc.property(policies, memberships, (list, member) => {
        const open = kept(allowedScopes(list, member, 'open'))
        expect(open).toEqual(expect.arrayContaining([...kept(allowedScopes(list, member, 'governed'))]))
      }),
    )
  })
})
