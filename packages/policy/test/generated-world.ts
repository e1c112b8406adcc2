/** Generated worlds: a schema with data, a table of rules, a caller and a query. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { makeExecutableSchema } from '@graphql-tools/schema'
import fc, { type Arbitrary, type GeneratorValue } from 'fast-check'
import type { GraphQLSchema } from 'graphql'
import {
  allow,
  and,
  chain,
  deny,
  firstParty,
  has,
  inGroup,
  not,
  notFound,
  object,
  or,
  type Rule,
  race,
  signedIn,
} from '../src/rules.ts'
import { machine, someone } from './shop.ts'

interface Thing {
  readonly kind: string
  readonly id: number
  readonly owner: string
}

const owners = ['alice', 'bob', 'carol']

const mine = object<Thing | undefined>(
  'mine',
  (principal, parent) => principal.kind !== 'anonymous' && parent?.owner === principal.id,
)
const even = object<Thing | undefined>('even', (_principal, parent) => (parent?.id ?? 0) % 2 === 0)
const small = object<unknown, { x: number }>('small', (_principal, _parent, { x }) => x < 2)

const leaves: readonly Rule[] = [
  allow,
  deny,
  signedIn,
  firstParty,
  has('read'),
  has('write'),
  inGroup('g:staff'),
  mine,
  even,
  small,
]

const { tree } = fc.letrec<{ tree: Rule }>((tie) => {
  const trees = fc.array(tie('tree') as Arbitrary<Rule>, { minLength: 1, maxLength: 3 })
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...leaves),
      trees.map((rules) => and(...rules)),
      trees.map((rules) => or(...rules)),
      trees.map((rules) => chain(...rules)),
      trees.map((rules) => race(...rules)),
      (tie('tree') as Arbitrary<Rule>).map((rule) => not(rule)),
      (tie('tree') as Arbitrary<Rule>).map(notFound),
    ),
  }
})

const principals: readonly Principal[] = [
  anonymous,
  someone('alice', []),
  someone('alice', ['read', 'write']),
  someone('bob', ['read']),
  someone('carol', ['write'], ['g:staff']),
  machine(['read']),
  { ...someone('alice', ['read', 'write']), thirdParty: true },
]

interface Field {
  readonly name: string
  /** A type, or an interface, or undefined for a number. */
  readonly target: string | undefined
  readonly isList: boolean
}

type Fields = Readonly<Record<string, readonly Field[]>>

export interface World {
  readonly schema: GraphQLSchema
  readonly table: Readonly<Record<string, Readonly<Record<string, Rule>>>>
  readonly principal: Principal
  readonly query: string
}

export const objects = ['A', 'B', 'C'] as const

function fieldsOf(g: GeneratorValue, targets: readonly string[]): readonly Field[] {
  return Array.from({ length: g(fc.integer, { min: 1, max: 3 }) }, (_, index) => ({
    name: `f${index}`,
    target: g(fc.constantFrom, undefined, ...targets),
    isList: g(fc.boolean),
  }))
}

function sdlOf(fields: Fields): string {
  const typeOf = ({ target = 'Int', isList }: Field) => (isList ? `[${target}]` : target)
  const body = (type: string) => fields[type]?.map((field) => `${field.name}(x: Int = 1): ${typeOf(field)}`).join(' ')
  const types = objects.map((type) => `type ${type} implements Node { id: Int ${body(type)} }`)
  return `interface Node { id: Int } union Hit = A | B type Query { ${body('Query')} } ${types.join(' ')}`
}

function thing(target: string, seed: number): Thing {
  const kinds = target === 'Node' ? objects : target === 'Hit' ? ['A', 'B'] : [target]
  return { kind: kinds[seed % kinds.length] ?? target, id: seed, owner: owners[seed % owners.length] ?? '' }
}

function resolverOf({ target, isList }: Field, index: number) {
  return (parent: Thing | undefined, { x }: { x: number }) => {
    const seed = ((parent?.id ?? 7) * 5 + index * 3 + x) % 97
    const one = (each: number) => (target ? thing(target, each) : each)
    return isList ? [one(seed), one(seed + 1), one(seed + 2)] : one(seed)
  }
}

function schemaOf(fields: Fields): GraphQLSchema {
  const abstract = { __resolveType: ({ kind }: Thing) => kind }
  const resolvers = Object.entries(fields).map(([type, list]) => [
    type,
    Object.fromEntries(list.map((field, index) => [field.name, resolverOf(field, index)])),
  ])
  return makeExecutableSchema({
    typeDefs: sdlOf(fields),
    resolvers: { Node: abstract, Hit: abstract, ...Object.fromEntries(resolvers) },
  })
}

function selectionOf(g: GeneratorValue, fields: Fields, type: string, depth: number): string {
  const concrete = fields[type]
  if (!concrete) {
    const spreads = objects
      .filter((each) => type === 'Node' || each !== 'C')
      .map((each) => `... on ${each} ${selectionOf(g, fields, each, depth)}`)
    return `{ __typename ${type === 'Node' ? 'id' : ''} ${spreads.join(' ')} }`
  }
  const picked = Array.from({ length: g(fc.integer, { min: 1, max: 4 }) }, (_, index) => {
    const field = g(fc.constantFrom, ...concrete)
    const below = field.target ? (depth > 0 ? selectionOf(g, fields, field.target, depth - 1) : '{ __typename }') : ''
    return `${type}${depth}${index}: ${field.name}(x: ${g(fc.integer, { min: 0, max: 3 })}) ${below}`
  })
  return `{ ${type === 'Query' ? '' : 'id'} ${picked.join(' ')} }`
}

/** One world out of fast-check's generator, whose fields hold `targets` or numbers. */
export function worldOf(g: GeneratorValue, targets: readonly string[] = [...objects, 'Node', 'Hit']): World {
  const fields = Object.fromEntries(['Query', ...objects].map((type) => [type, fieldsOf(g, targets)]))
  const row = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, g(() => tree)]))
  const table = Object.entries(fields).map(([type, list]) => [
    type,
    row([...(type === 'Query' ? [] : ['id']), ...list.map(({ name }) => name)]),
  ])
  return {
    schema: schemaOf(fields),
    table: Object.fromEntries(table),
    principal: g(fc.constantFrom, ...principals),
    query: selectionOf(g, fields, 'Query', 2),
  }
}
