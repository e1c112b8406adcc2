/** The subjects: ways to execute one operation, each in a separate process. */
import type { Principal } from '@fieldnotes/core/principal'
import { createEngine } from '@fieldnotes/policy/graphql-engine'
import { createPolicy } from '@fieldnotes/policy/policy'
import type { Rule } from '@fieldnotes/policy/rules'
import { asShield } from '@fieldnotes/policy/test/as-shield'
import { applyMiddleware, shield } from '@fieldnotes/policy/test/shield-library'
import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql'
import { createSchema, fallback, type OperationName, operations, rules } from './decision-world.ts'

type Execution = ExecutionResult | Promise<ExecutionResult>

/** Executes an operation. */
export type Run = (name: OperationName) => Execution

function runWith(schemaFor: (principal: Principal) => GraphQLSchema, run: typeof execute = execute): Run {
  return (name) => {
    const { document, variableValues, principal } = operations[name]
    return run({ schema: schemaFor(principal), document, variableValues, contextValue: { principal } })
  }
}

function shieldRow(row: Readonly<Record<string, Rule>>) {
  return Object.fromEntries(Object.entries(row).map(([field, rule]) => [field, asShield(rule)]))
}

function policy() {
  return createPolicy(createSchema(), rules)
}

/** Subjects by name. `raw` decides nothing and is the reference. */
export const subjects = {
  raw: () => {
    const schema = createSchema()
    return runWith(() => schema)
  },
  shield: () => {
    const table = Object.entries(rules).map(([type, row]) => [type, shieldRow(row)])
    const middleware = shield(Object.fromEntries(table), { fallbackRule: asShield(fallback) })
    const schema = applyMiddleware(createSchema(), middleware)
    return runWith(() => schema)
  },
  compiled: () => {
    const { schema } = policy()
    return runWith(() => schema)
  },
  specialised: () => runWith(policy().schemaFor),
  engine: () => runWith(policy().schemaFor, createEngine().execute),
} as const satisfies Record<string, () => Run>

/** Name of a subject. */
export type SubjectName = keyof typeof subjects

/** Names of all subjects. */
export const subjectNames = Object.keys(subjects) as readonly SubjectName[]
