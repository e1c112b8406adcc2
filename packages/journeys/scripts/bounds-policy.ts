/** Limits of documents, variables, plans and answers. */

import type { Bound } from './all-bounds.ts'
import { bound, boundary, held, hostile, internal, raised, unit } from './bound-row.ts'

const folder = 'packages/policy/src'
const limits = `${folder}/limits/document-limits.ts`
const inputs = `${folder}/limits/input-limits.ts`
const measure = `${folder}/limits/measure-document.ts`
const cost = `${folder}/limits/cost.ts`
const variables = `${folder}/execute/coerce-variables.ts`
const value = `${folder}/execute/coerce-value.ts`
const engine = `${folder}/execute/graphql-engine.ts`
const plans = `${folder}/execute/plan-cache.ts`

/** Members of `limitsDefault` with their numbers. */
const documentLimits = [
  ...['characters: 50_000', 'lines: 1000', 'nesting: 100', 'depth: 15', 'breadth: 100', 'fields: 500', 'aliases: 30'],
  ...['duplicates: 20', 'rootFields: 20', 'mutations: 10', 'directives: 20', 'name: 128'],
]

const documents = documentLimits.map((member) => {
  const [name = ''] = member.split(':')
  return bound(`${name} of a document`, raised(limits, `  ${member}`), boundary(`limitsDefault.${name}`))
})

const unread = { file: variables, from: 'if (values > valuesMax) throw tooManyValues', to: '' }

/** All rows. */
export const policyBounds: readonly Bound[] = [
  ...documents,
  bound('tokens of a document', raised(limits, 'tokens: 2000'), boundary('limitsDefault.tokens')),
  bound(
    'tokens of a document, while it is parsed',
    {
      file: 'packages/api/src/graphql/apollo-server.ts',
      from: 'parseOptions: { maxTokens: limitsDefault.tokens },',
      to: '',
    },
    hostile('documents', 'numbers in a list'),
  ),
  bound(
    'measures of a document',
    { file: limits, from: 'if (found > limits[name]) refuseLarger(name, limits[name], found)', to: '' },
    hostile('documents', 'fragments that double$'),
  ),
  bound(
    'nesting of a document, before it is parsed',
    {
      file: limits,
      from: "if (isNestedDeeper(source, limits.nesting)) refuseLarger('nesting', limits.nesting)",
      to: '',
    },
    internal('as brackets within brackets'),
  ),
  bound(
    'fields that are compared',
    raised(measure, 'comparedMax = 10_000'),
    hostile('documents', 'fragments that double 11 times'),
  ),
  bound('errors of variables', raised(limits, 'requestErrorsMax = 10'), boundary('requestErrorsMax of variables')),
  bound(
    'errors of variables, which end the coercion',
    { file: variables, from: 'if (errors.length >= requestErrorsMax) throw enoughErrors', to: '' },
    unit('policy/test/execute/coerce-variables.test.ts', 'until enough of them are bad: 51 nulls'),
  ),
  // Arguments are counted first, and have the same limit. Without both, a list is coerced to its end.
  bound(
    'values of variables',
    unread,
    unit('policy/test/execute/coerce-variables.test.ts', 'until there are too many'),
  ),
  bound('values of arguments', raised(inputs, 'values: 2000'), boundary('inputLimitsDefault.values')),
  bound(
    'characters of arguments',
    { file: inputs, from: 'characters: 1_000_000 }', to: 'characters: 1_000_000_000 }' },
    boundary('inputLimitsDefault.characters'),
  ),
  bound('characters of a quoted name', raised(value, 'const nameMax = 64'), boundary('nameMax')),
  bound(
    'variables that the operation declares',
    {
      file: cost,
      from: 'valueFromASTUntyped(node, variables)',
      to: 'valueFromASTUntyped(node, { ...variables, ...Object.fromEntries(Array(20000).fill(0).entries()) })',
    },
    hostile('members', 'variables beside declared ones'),
  ),
  bound('characters of an answer', raised(engine, 'answerCharactersMax = 6_000_000'), boundary('answerCharactersMax')),
  bound('errors of an answer', raised(engine, 'answerErrorsMax = 1000'), boundary('answerErrorsMax')),
  bound(
    'keys of plans',
    {
      file: plans,
      from: 'const digits = digitsOf(conditions, variables)',
      to: 'const digits = Object.values(variables).join()',
    },
    held('values of ordinary variables'),
  ),
  // Either bounds the memory of plans: their number where documents are short, their characters where they are long.
  bound('plans', raised(plans, 'plansMax = 1000'), held('short documents that differ')),
  bound(
    'characters of plans',
    raised(plans, 'plannedCharactersMax = 500_000'),
    held('is bounded: documents that differ'),
  ),
  bound(
    'characters of a document that is planned',
    raised(limits, 'keptCharactersMax = 10_000'),
    unit('policy/test/execute/plan-cache.test.ts', 'is no plan of a long document'),
  ),
]
