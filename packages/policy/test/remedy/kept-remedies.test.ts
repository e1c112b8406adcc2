/** Remedies are computed once for callers who differ in nothing on which they depend, and memory is bounded. */
import type { Service, User } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { createKept } from '../../src/remedy/kept-remedies.ts'
import { and, caller, has, or, type Rule } from '../../src/rules.ts'

type Known = User | Service

/** The kept function, and for whom and which facts it was computed. */
function counted(keyOf: ((principal: Known) => string) | undefined) {
  const computed: string[] = []
  const kept = createKept(keyOf, (principal, facts) => {
    computed.push(`${principal.id} ${facts}`)
    return facts === 0 ? undefined : `of ${principal.id} at ${facts}`
  })
  return { kept, computed }
}

function user(id: string): User {
  return sampleUser({ id })
}

describe('what is kept', () => {
  it('is one result for each key and combination of facts, also where there is none', () => {
    const { kept, computed } = counted(({ issuer }) => issuer)
    const [ann, bob] = [user('ann'), user('bob')]
    expect([kept(ann, 1), kept(bob, 1), kept(bob, 0), kept(ann, 0), kept({ ...ann, issuer: 'x' }, 1)]).toEqual([
      'of ann at 1',
      'of ann at 1',
      undefined,
      undefined,
      'of ann at 1',
    ])
    expect(computed).toEqual(['ann 1', 'bob 0', 'ann 1'])
  })

  it('is for one principal alone where nothing less than the caller decides', () => {
    const { kept, computed } = counted(undefined)
    const ann = user('ann')
    for (const principal of [ann, ann, user('ann'), ann]) kept(principal, 1)
    expect(computed).toEqual(['ann 1', 'ann 1'])
  })

  it('has a bound for callers, after which it begins again', () => {
    const { kept, computed } = counted(({ id }) => id)
    const ids = Array.from({ length: 64 }, (_, index) => `u${index}`)
    for (const id of [...ids, ...ids]) kept(user(id), 1)
    expect(computed).toHaveLength(64)
    for (const id of ['one more', 'u0', 'u0']) kept(user(id), 1)
    expect(computed).toHaveLength(66)
  })

  it.each([['a key', () => 'all'] as const, ['a principal', undefined] as const])(
    'has a bound for the facts of %s',
    (_, keyOf) => {
      const { kept, computed } = counted(keyOf)
      const ann = user('ann')
      const facts = Array.from({ length: 65 }, (_, index) => index + 1)
      for (const each of [...facts, ...facts]) kept(ann, each)
      expect(computed).toHaveLength(66)
    },
  )
})

describe('the remedies of a policy', () => {
  function spelledFor(rule: Rule, principals: readonly Known[]): readonly unknown[] {
    const spell = ({ issuer }: Known, scope: string) => (issuer === 'none' ? undefined : `${issuer}/${scope}`)
    const types = buildSchema('type Query { it: Int }')
    const { decide } = createPolicy(types, { Query: { it: rule } }, { remedies: { spell } })
    return principals.map((principal) => {
      const decision = decide(principal, 'Query.it')
      const remedy = decision.allowed ? undefined : decision.remedy
      return remedy?.kind === 'SCOPES' ? remedy.issuerScopes : remedy
    })
  }

  it('are of the issuer of each caller, and of its verdicts', () => {
    const callers = ['a', 'b', 'none', 'a'].map((issuer) => sampleUser({ issuer }))
    expect(spelledFor(has('read'), callers)).toEqual([[['a/read']], [['b/read']], undefined, [['a/read']]])
    const writer = sampleUser({ issuer: 'a', scopes: new Set(['write']) })
    const both = or(has('read'), has('audit'))
    expect(spelledFor(both, [writer])).toEqual([[['a/read'], ['a/audit']]])
  })

  it('are computed again for a rule that may read scopes in its own way', () => {
    const few = caller('few scopes', (principal) => principal.kind !== 'anonymous' && principal.scopes.size < 2)
    const [one, two] = [new Set<string>(), new Set(['x'])].map((scopes) => sampleUser({ issuer: 'a', scopes }))
    const guarded = spelledFor(and(few, has('read')), [one as User, two as User])
    expect(guarded).toEqual([[['a/read']], undefined])
  })
})
