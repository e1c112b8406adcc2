/** A field that wants a recent sign-in: who is refused, which remedy they get, and what proofs know of it. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema, execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { explain, explaining } from '../../src/explain/explaining-schema.ts'
import { cellWords } from '../../src/matrix/cell-words.ts'
import { matrixOf } from '../../src/matrix/matrix.ts'
import { createPolicy } from '../../src/policy.ts'
import { createModel, field, implies, never, onlyIf, prove, when } from '../../src/prove/prove.ts'
import { argument } from '../../src/rule/argument.ts'
import { allow, and, deny, firstParty, freshSignIn, has, not, object, or, person, type Rule } from '../../src/rules.ts'

const now = 1_800_000_000
beforeAll(() => {
  vi.useFakeTimers({ now: now * 1000, toFake: ['Date'] })
})
afterAll(() => {
  vi.useRealTimers()
})

const types = buildSchema(`
  type Query { it: Int }
  type Mutation { leave(everywhere: Boolean): Int close: Int }
`)
const fresh = freshSignIn(300)
const leave = and(person, firstParty, argument('everywhere', fresh, [true]))

function policyOf(close: Rule) {
  return createPolicy(types, { Query: { it: allow }, Mutation: { leave, close } })
}

function signedIn(secondsAgo: number | undefined, members: Parameters<typeof sampleUser>[0] = {}): Principal {
  return sampleUser({ authenticatedAt: secondsAgo === undefined ? undefined : now - secondsAgo, ...members })
}

function decisionOn(close: Rule, principal: Principal, parent?: unknown) {
  return policyOf(close).decide(principal, 'Mutation.close', parent)
}

const stepUp = { kind: 'STEP_UP', maxAge: 300 }

describe('freshSignIn', () => {
  it.each([0, 1, 299, 300, -5])('allows a sign-in %i seconds ago', (age) => {
    expect(decisionOn(fresh, signedIn(age)).allowed).toBe(true)
  })

  it.each([301, 86_400])('refuses a sign-in %i seconds ago, and says what helps', (age) => {
    expect(decisionOn(fresh, signedIn(age))).toMatchObject({ allowed: false, code: 'FORBIDDEN', remedy: stepUp })
  })

  it('is decided anew when time has passed, also for a principal that was allowed', () => {
    const { decide } = policyOf(fresh)
    const principal = signedIn(290)
    expect(decide(principal, 'Mutation.close').allowed).toBe(true)
    vi.setSystemTime((now + 11) * 1000)
    expect(decide(principal, 'Mutation.close').allowed).toBe(false)
    vi.setSystemTime(now * 1000)
  })

  it('is decided anew in the schema of a grant set, for each request', async () => {
    const principal = signedIn(290)
    const { schemaFor } = policyOf(fresh)
    const run = () =>
      execute({
        schema: schemaFor(principal),
        document: parse('mutation { close }'),
        rootValue: { close: 1 },
        contextValue: { principal },
      })
    expect(await run()).toEqual({ data: { close: 1 } })
    vi.setSystemTime((now + 11) * 1000)
    expect(await run()).toMatchObject({ data: { close: null }, errors: [{ extensions: { remedy: stepUp } }] })
    vi.setSystemTime(now * 1000)
  })

  it.each([
    ['a person whose credential has no instant', signedIn(undefined)],
    ['a service', sampleService()],
    ['a service whose token has an instant', sampleService({ authenticatedAt: now })],
  ])('refuses %s without a remedy: a new sign-in would not help', (_who, principal) => {
    const decision = decisionOn(fresh, principal)
    expect(decision).toMatchObject({ allowed: false, code: 'FORBIDDEN' })
    expect(decision).not.toHaveProperty('remedy')
  })

  it('refuses the anonymous caller with SIGN_IN', () => {
    expect(decisionOn(fresh, anonymous)).toMatchObject({ code: 'UNAUTHENTICATED', remedy: { kind: 'SIGN_IN' } })
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('does not start with the age %d', (age) => {
    expect(() => freshSignIn(age)).toThrow(RangeError)
  })

  it('is one rule for one age', () => {
    expect(freshSignIn(60)).toBe(freshSignIn(60))
  })

  it('is explained with the age of the sign-in', async () => {
    const schema = explaining(types, { Query: { it: allow }, Mutation: { leave, close: fresh } })
    const document = parse('mutation { close }')
    const { explained } = await explain({ schema, document, contextValue: { principal: signedIn(900) } })
    expect(JSON.stringify(explained)).toContain('signed in 900 s ago')
  })
})

describe('the remedy STEP_UP', () => {
  const mine = object<{ by: string }>('mine', (principal, it) => principal.kind === 'user' && principal.id === it.by)

  it.each<[string, Rule]>([
    ['a scope', and(fresh, has('write'))],
    ['another party', and(fresh, not(firstParty))],
  ])('is absent where a new sign-in is not enough: %s', (_what, rule) => {
    expect(decisionOn(rule, signedIn(900))).not.toHaveProperty('remedy')
    expect(decisionOn(or(rule, fresh), signedIn(900))).toHaveProperty('remedy', stepUp)
  })

  it('is absent where it would show what the object is', () => {
    const [own, foreign] = [{ by: 'sample' }, { by: 'another' }].map((it) =>
      decisionOn(and(fresh, mine), signedIn(900), it),
    )
    expect(own).not.toHaveProperty('remedy')
    expect(foreign).not.toHaveProperty('remedy')
    expect(decisionOn(or(fresh, and(fresh, allow)), signedIn(900), { by: 'sample' })).toHaveProperty('remedy', stepUp)
  })

  it('names the smallest age of the rule', () => {
    expect(decisionOn(and(fresh, freshSignIn(60)), signedIn(900))).toHaveProperty('remedy', { ...stepUp, maxAge: 60 })
  })

  it('is given for the argument that wants it, and the field is allowed without the argument', () => {
    const { decide } = policyOf(deny)
    const at = (args: object) => decide(signedIn(900), 'Mutation.leave', undefined, args)
    expect(at({ everywhere: true })).toMatchObject({ code: 'FORBIDDEN', remedy: stepUp })
    expect(at({ everywhere: false }).allowed).toBe(true)
    expect(at({}).allowed).toBe(true)
    expect(decide(signedIn(9), 'Mutation.leave', undefined, { everywhere: true }).allowed).toBe(true)
  })
})

describe('the matrix', () => {
  it('says what a caller needs, and that a service never has it', () => {
    const kinds = { person: sampleUser(), service: sampleService() }
    const { rows } = matrixOf(types, { Query: { it: allow }, Mutation: { leave, close: and(person, fresh) } }, kinds)
    const cells = rows.find(({ field }) => field === 'close')?.cells
    expect(cellWords(cells?.person)).toBe('if signed in within 300 s')
    expect(cellWords(cells?.service)).toBe('no')
  })
})

describe('a proof', () => {
  const table = { Query: { it: allow }, Mutation: { leave, close: and(fresh, freshSignIn(60)) } }
  const model = createModel(types, table)

  it.each([
    ['needs a fresh sign-in', onlyIf(field('Mutation.close'), fresh)],
    ['knows that only people sign in', never(field('Mutation.close'), when(not(person)))],
    ['knows that a shorter age is part of a longer one', implies(field('Mutation.close'), freshSignIn(3600))],
  ])('%s', (name, statement) => {
    expect(prove(model, { [name]: statement })[0]).toMatchObject({ holds: true })
  })

  it('has a counterexample that the policy really allows', () => {
    const [proof] = prove(model, { x: never(field('Mutation.close'), when(person)) })
    expect(proof).toMatchObject({
      holds: false,
      counterexample: { differs: [], decisions: { 'Mutation.close': 'allowed' } },
    })
  })

  it('has a counterexample for a caller whose sign-in is old', () => {
    const [proof] = prove(model, { x: onlyIf(field('Mutation.leave'), fresh) })
    expect(proof).toMatchObject({ holds: false, counterexample: { differs: [] } })
  })
})
