/** Each line of the table in the package's README: what graphql-shield does, and what policy does. */
import { execute, type GraphQLSchema, parse, subscribe } from 'graphql'
import { describe, expect, it } from 'vitest'
import { explaining } from '../../src/explain/explaining-schema.ts'
import { allow, and, caller, deny, not, object, or, type Rule, signedIn } from '../../src/rules.ts'
import { rule } from '../kit/shield-library.ts'
import { alice, bob } from '../shop.ts'
import {
  answers,
  broken,
  enforced,
  notesSchema,
  run,
  secretOf,
  shielded,
  type Table,
  table,
  withSecret,
} from './shielded.ts'

describe('rules of policy', () => {
  it.each([
    ['a caller who passes', caller('yes', () => true), answers.allowed],
    ['a caller who fails', caller('no', () => false), answers.refused],
    ['an object that passes', object('even', () => true), answers.allowed],
    ['an object that fails', object('odd', () => false), answers.refused],
    ['a truthy value that is not true', object('truthy', () => 1 as never), answers.refused],
  ])('have the same result in graphql-shield: %s', async (_name, one, answer) => {
    expect(await secretOf(shielded(notesSchema(), withSecret(one)))).toEqual(answer)
    expect(await secretOf(enforced(notesSchema(), withSecret(one)).schema)).toEqual(answer)
  })
})

describe('where graphql-shield differs', () => {
  it('accepts a rule on an interface and never enforces it; policy does not start', async () => {
    const onInterface = { ...table, Node: { secret: deny } }
    const { data } = await run(shielded(notesSchema(), onInterface), { principal: alice, query: '{ node { secret } }' })
    expect(data).toEqual({ node: { secret: 's0' } })
    expect(() => enforced(notesSchema(), onInterface)).toThrow('Node is an interface')
  })

  it('allows a field without a rule by default; policy does not start', async () => {
    const { secret, ...rest } = table.Note
    expect(await secretOf(shielded(notesSchema(), { ...table, Note: rest }, { fallbackRule: undefined }))).toEqual(
      answers.allowed,
    )
    expect(() => enforced(notesSchema(), { ...table, Note: rest })).toThrow('Note.secret has no rule')
    expect(secret).toBe(allow)
  })

  it('allows not() of a rule that throws; policy is closed with UNAVAILABLE', async () => {
    expect(await secretOf(shielded(notesSchema(), withSecret(not(broken))))).toEqual(answers.allowed)
    const { schema, decide } = enforced(notesSchema(), withSecret(not(broken)))
    expect(await secretOf(schema)).toEqual(answers.refused)
    expect(decide(alice, 'Note.secret')).toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('ignores a rule that throws beside one that allows; policy is closed', async () => {
    expect(await secretOf(shielded(notesSchema(), withSecret(or(broken, signedIn))))).toEqual(answers.allowed)
    expect(await secretOf(enforced(notesSchema(), withSecret(or(broken, signedIn))).schema)).toEqual(answers.refused)
  })

  it('decides for the wrong item when a contextual rule reads the object; policy does not start', async () => {
    const owned = rule('owned', { cache: 'contextual' })(
      (parent, _args, { principal }) => parent.owner === principal.id,
    )
    const { data } = await run(shielded(notesSchema(), withSecret(owned)), {
      principal: alice,
      query: '{ notes { secret } }',
    })
    expect(data).toEqual({ notes: [{ secret: 's0' }, { secret: 's1' }] })
    expect(() => enforced(notesSchema(), withSecret(owned))).toThrow('is cached for the whole request')
  })

  it('keeps the results of one caller for the next when the context is used again; policy does not', async () => {
    const isAlice = caller('is alice', (principal) => principal === alice)
    const query = '{ note { secret } }'
    const ask = async (schema: GraphQLSchema) => {
      const contextValue = { principal: alice }
      await execute({ schema, document: parse(query), contextValue })
      contextValue.principal = bob
      return (await execute({ schema, document: parse(query), contextValue })).data
    }
    expect(await ask(shielded(notesSchema(), withSecret(isAlice)))).toEqual(answers.allowed)
    expect(await ask(enforced(notesSchema(), withSecret(isAlice)).schema)).toEqual(answers.refused)
  })

  it('writes into the context and fails when it is frozen; policy does not', async () => {
    const ask = async (schema: GraphQLSchema) =>
      (
        await execute({
          schema,
          document: parse('{ note { secret } }'),
          contextValue: Object.freeze({ principal: alice }),
        })
      ).data
    expect(await ask(shielded(notesSchema(), withSecret(signedIn)))).toEqual({ note: null })
    expect(await ask(enforced(notesSchema(), withSecret(signedIn)).schema)).toEqual(answers.allowed)
  })

  it('reports every error of a resolver as a refusal by default; policy leaves errors as they are', async () => {
    const question = { principal: alice, query: '{ boom { id } }' }
    const masked = await run(shielded(notesSchema(), table, { allowExternalErrors: false }), question)
    expect(masked.errors?.[0]?.message).toBe('Not Authorised!')
    expect((await run(enforced(notesSchema(), table).schema, question)).errors?.[0]?.message).toBe('the store is down')
  })

  it('writes before it evaluates the rules of the payload; policy does not start', async () => {
    const late = { ...withSecret(deny), Mutation: { remove: allow } }
    const effects: string[] = []
    await run(shielded(notesSchema(effects), late), { principal: alice, query: 'mutation { remove { secret } }' })
    expect(effects).toEqual(['removed'])
    expect(() => enforced(notesSchema(), late)).toThrow('would be evaluated after the write')
  })

  it('starts the source of a subscription that it then refuses; policy does not', async () => {
    const start = async (make: (schema: GraphQLSchema, table: Table) => GraphQLSchema, ticks: Rule = deny) => {
      const effects: string[] = []
      const schema = make(notesSchema(effects), { ...table, Subscription: { ticks } })
      const result = await subscribe({
        schema,
        document: parse('subscription { ticks { id } }'),
        contextValue: { principal: alice },
      })
      const answer = Symbol.asyncIterator in result ? (await result.next()).value : result
      return { effects, errors: answer?.errors?.length }
    }
    expect(await start(shielded)).toEqual({ effects: ['started'], errors: 1 })
    expect(await start((schema, rules) => enforced(schema, rules).schema)).toEqual({ effects: [], errors: 1 })
    expect(await start((schema, rules) => enforced(schema, rules).schemaFor(alice))).toEqual({ effects: [], errors: 1 })
    expect(await start((schema, rules) => explaining(schema, rules as Parameters<typeof explaining>[1]))).toEqual({
      effects: [],
      errors: 1,
    })
    const isBob = caller('is bob', (principal) => principal === bob)
    expect(await start((schema, rules) => enforced(schema, rules).schemaFor(bob), isBob)).toEqual({
      effects: [],
      errors: 1,
    })
  })

  it('makes the parent null when it refuses a non-null field; policy does not start', async () => {
    const must = { ...table, Note: { ...table.Note, must: deny } }
    const { data } = await run(shielded(notesSchema(), must), { principal: alice, query: '{ note { id must } }' })
    expect(data).toEqual({ note: null })
    expect(() => enforced(notesSchema(), must)).toThrow('Note.must can be refused but is String!')
  })

  it('returns the text of the rule to the caller; policy returns a code', async () => {
    const wordy = rule('wordy')(() => 'bob is blocked by carol')
    const question = { principal: alice, query: '{ note { secret } }' }
    expect((await run(shielded(notesSchema(), withSecret(wordy)), question)).errors?.[0]?.message).toBe(
      'bob is blocked by carol',
    )
    const [error] = (await run(enforced(notesSchema(), withSecret(wordy)).schema, question)).errors ?? []
    expect(error?.extensions).toEqual({ code: 'FORBIDDEN' })
    expect(error?.message).not.toContain('carol')
  })

  it('waits for promises; policy does not start, or is closed when a rule hides its promise', async () => {
    const late = rule('late')(async () => true)
    const sly = rule('sly')(() => Promise.resolve(true))
    expect(await secretOf(shielded(notesSchema(), withSecret(late)))).toEqual(answers.allowed)
    expect(() => enforced(notesSchema(), withSecret(late))).toThrow('is asynchronous')
    expect(await secretOf(enforced(notesSchema(), withSecret(sly)).schema)).toEqual(answers.refused)
  })

  it.each([
    ['and', and, false],
    ['or', or, true],
  ] as const)('evaluates every rule of %s(); policy stops when the result is known', async (_word, word, deciding) => {
    const seen: string[] = []
    const recorded = (name: string, answer: boolean) => object(name, () => seen.push(name) > 0 && answer)
    const row = word(recorded('first', !deciding), recorded('deciding', deciding), recorded('needless', !deciding))
    await secretOf(shielded(notesSchema(), withSecret(row)))
    expect(seen).toEqual(['first', 'deciding', 'needless'])
    const { schema, decide } = enforced(notesSchema(), withSecret(row))
    seen.length = 0
    expect(decide(alice, 'Note.secret', {}).allowed).toBe(deciding)
    expect(seen).toEqual(['first', 'deciding'])
    seen.length = 0
    expect(await secretOf(schema)).toEqual(deciding ? answers.allowed : answers.refused)
    expect(new Set(seen)).toEqual(new Set(['first', 'deciding']))
  })
})
