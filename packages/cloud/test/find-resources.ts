import { expect } from 'vitest'
import type { Graph, Resource } from '../src/graph/graph.ts'

/** All resources of a type. */
export function all(graph: Graph, type: string): readonly Resource[] {
  return graph.resources.filter((it) => it.type === type)
}

/** The only resource of a type, or the one with this name. */
export function one(graph: Graph, type: string, name?: string): Resource {
  const found = all(graph, type).filter((it) => name === undefined || it.name === name)
  expect(found.map((it) => it.name)).toHaveLength(1)
  return found[0] as Resource
}

interface Policy {
  readonly Statement: readonly Readonly<Record<string, unknown>>[]
}

/** Every statement of a role's own policies. */
export function statementsOf({ inputs }: Resource): Policy['Statement'] {
  const policies = (inputs.inlinePolicies ?? []) as readonly { policy: string }[]
  return policies.flatMap(({ policy }) => (JSON.parse(policy) as Policy).Statement)
}

/** Statements of a role's trust policy. */
export function trustOf({ inputs }: Resource): Policy['Statement'] {
  return (JSON.parse(String(inputs.assumeRolePolicy)) as Policy).Statement
}
