/**
 * Rules and resolvers that throw errors with secrets: the field is refused, the message is masked, and other fields are
 * returned.
 */
import { AppError } from '@fieldnotes/core/error'
import { anonymous, type Principal, type User } from '@fieldnotes/core/principal'
import { createPolicy } from '@fieldnotes/policy/policy'
import {
  allow,
  and,
  caller,
  chain,
  not,
  object,
  or,
  type Rule,
  type RuleTable,
  signedIn,
} from '@fieldnotes/policy/rules'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { describe, expect, it } from 'vitest'
import { createApolloServer } from '../../src/graphql/apollo-server.ts'
import { admissionOf } from '../../src/graphql/operation-admission.ts'
import type { Context } from '../../src/resolvers/context.ts'

const secret = 'hunter2'
const typeDefs = `
  interface Thing { id: ID }
  type Box implements Thing { id: ID hidden: String open: String computed: String count: Int }
  union Found = Box
  type Query { box: Box thing: Thing found: Found boxes: [Box] odd: Box }
  type Mutation { open: Box }
`

interface Types {
  Query: { box: unknown; thing: unknown; found: unknown; boxes: unknown; odd: unknown }
  Mutation: { open: unknown }
  Box: { id: string; hidden: string; open: string; computed: string; count: number }
}

function fails(message: string) {
  return () => {
    throw new Error(message)
  }
}
const box = { __typename: 'Box', id: '1', hidden: secret, open: 'yes', count: 1 }
const written: string[] = []

const resolvers = {
  Query: {
    odd: () => ({ ...box, count: secret }),
    box: () => box,
    thing: () => box,
    found: () => box,
    boxes: () => [box, { ...box, open: fails(secret) }],
  },
  Mutation: { open: () => written.push('opened') && box },
  Box: { computed: ({ hidden }: typeof box) => `computed of ${hidden}` },
}

const alice = {
  kind: 'user',
  id: 'alice',
  scopes: new Set<string>(),
  groups: new Set<string>(),
} as unknown as User

type Changes = { readonly [Type in keyof Types]?: Partial<RuleTable<Types>[Type]> }

/** Sends a query to a server that allows every field, except for the rules in `changes`. */
async function ask(query: string, changes: Changes = {}, principal: Principal = alice) {
  const rules: RuleTable<Types> = {
    Query: { box: allow, thing: allow, found: allow, boxes: allow, odd: allow, ...changes.Query },
    Mutation: { open: signedIn, ...changes.Mutation },
    Box: { id: allow, hidden: allow, open: allow, computed: allow, count: allow, ...changes.Box },
  }
  const lines: string[] = []
  const { schema, schemaFor } = createPolicy(makeExecutableSchema({ typeDefs, resolvers }), rules)
  const server = createApolloServer({
    schema,
    schemaFor,
    admission: admissionOf({ development: false }),
    executor: undefined,
    identity: {
      challenge: () => undefined,
      metadataUrl: 'https://api.example.com/metadata',
      checkAccount: async () => {},
    },
    log: (level, event, fields = {}) => lines.push(JSON.stringify({ level, event, ...fields })),
    now: () => 0,
  })
  const contextValue = { principal, requestId: 'r1', spend: async () => {} } as Partial<Context> as Context
  const { body } = await server.executeOperation({ query }, { contextValue })
  if (body.kind !== 'single') throw new Error('in parts')
  const { data, errors = [] } = body.singleResult
  const codes = Object.fromEntries(errors.map(({ path, extensions }) => [path?.join('.'), extensions?.code]))
  return { data: JSON.parse(JSON.stringify(data ?? null)), codes, lines, text: JSON.stringify(body.singleResult) }
}

const leaves: readonly Rule[] = [
  object('a rule that throws', fails(secret)),
  object('a rule that throws what is no error', () => {
    throw secret
  }),
  object('a rule that throws a refusal', () => {
    throw new AppError('FORBIDDEN', secret)
  }),
  caller('a question that throws', fails(secret)),
]
const trees = leaves.flatMap((leaf) => [
  leaf,
  not(leaf),
  not(not(leaf)),
  or(leaf, allow),
  or(not(leaf), allow),
  and(allow, leaf),
  chain(signedIn, not(leaf)),
  not(and(signedIn, leaf)),
  not(or(leaf, signedIn)),
])

const paths: readonly (readonly [string, string, string])[] = [
  ['directly', '{ box { id hidden open } }', 'box'],
  ['through the interface', '{ thing { id ... on Box { hidden open } } }', 'thing'],
  ['through the union, by a fragment', '{ found { ...B } } fragment B on Box { id hidden open }', 'found'],
]

describe('a rule that can not be decided', () => {
  it.each(trees.map((rule, index) => [index, rule] as const))('is closed in every tree: %i', async (_index, rule) => {
    for (const [, query, path] of paths) {
      const { data, codes, text } = await ask(query, { Box: { hidden: rule } })
      expect([data[path], codes]).toEqual([
        { id: '1', hidden: null, open: 'yes' },
        { [`${path}.hidden`]: 'UNAVAILABLE' },
      ])
      expect(text).not.toContain(secret)
    }
  })

  it.each(trees.map((rule, index) => [index, rule] as const))(
    'writes nothing in front of a mutation: %i',
    async (_index, rule) => {
      written.length = 0
      const { codes, text } = await ask('mutation { open { id } }', { Mutation: { open: rule } })
      expect([codes, written]).toEqual([{ open: 'UNAVAILABLE' }, []])
      expect(text).not.toContain(secret)
    },
  )

  it('is logged with its cause', async () => {
    const { lines } = await ask('{ box { hidden } }', { Box: { hidden: leaves[0] ?? allow } })
    expect(lines.find((line) => line.includes(secret))).toMatch(/"level":"error".*"code":"UNAVAILABLE".*Box\.hidden/)
  })
})

describe('a resolver that throws', () => {
  it('nulls its own field and no other, and says nothing of why', async () => {
    const { data, codes, text } = await ask('{ boxes { id open } box { open } }')
    expect(data).toEqual({
      boxes: [
        { id: '1', open: 'yes' },
        { id: '1', open: null },
      ],
      box: { open: 'yes' },
    })
    expect(codes).toEqual({ 'boxes.1.open': 'INTERNAL' })
    expect(text).not.toMatch(/hunter2|stack|at /)
  })
})

describe('a value that does not fit its type', () => {
  it('is not quoted', async () => {
    const { codes, text } = await ask('{ odd { count open } }')
    expect(codes).toEqual({ 'odd.count': 'INTERNAL' })
    expect(text).not.toContain(secret)
  })
})

describe('a computed field', () => {
  it('is decided by its own rule, whatever it reads', async () => {
    const { data, codes, text } = await ask('{ box { computed hidden } }', {
      Box: { computed: not(signedIn), hidden: not(signedIn) },
    })
    expect([data, codes]).toEqual([
      { box: { computed: null, hidden: null } },
      { 'box.computed': 'FORBIDDEN', 'box.hidden': 'FORBIDDEN' },
    ])
    expect(text).not.toContain(secret)
  })

  it('of an anonymous caller is UNAUTHENTICATED', async () => {
    expect((await ask('{ box { computed } }', { Box: { computed: signedIn } }, anonymous)).codes).toEqual({
      'box.computed': 'UNAUTHENTICATED',
    })
  })
})
