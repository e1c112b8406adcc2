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

/** Routes of one of our HTTP APIs. */
export function routesAt(graph: Graph, api = 'ApiApi'): readonly Resource[] {
  const { id } = one(graph, 'aws:apigatewayv2/api:Api', api)
  return all(graph, 'aws:apigatewayv2/route:Route').filter(({ inputs }) => inputs.apiId === id)
}

/** Metrics that count lines of one log. */
export function metricsOf(graph: Graph, logGroupName: string): readonly Resource[] {
  const filters = all(graph, 'aws:cloudwatch/logMetricFilter:LogMetricFilter')
  return filters.filter(({ inputs }) => inputs.logGroupName === logGroupName)
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

/** Name of a table by its component. */
export function tableNameOf(graph: Graph, name: string): unknown {
  return one(graph, 'aws:dynamodb/table:Table', name).inputs.name
}

/** ARN of a table by its component. */
export function tableArnOf(graph: Graph, name: string): string {
  return `arn:aws:dynamodb:eu-west-1:123456789012:table/${tableNameOf(graph, name)}`
}

/** The statement for a partition of the table `access`. */
export function onAccess(graph: Graph, partition: string, ...actions: readonly string[]): Policy['Statement'][number] {
  return onPartitions(tableArnOf(graph, 'AccessTable'), [partition], actions)
}

/** The statement for a partition of the table `rates`. */
export function onRates(graph: Graph, partition: string, ...actions: readonly string[]): Policy['Statement'][number] {
  return onPartitions(tableArnOf(graph, 'RatesTable'), [partition], actions)
}

/** The statement for partitions of a table. */
export function onPartitions(arn: string, partitions: readonly string[], actions: readonly string[]) {
  return {
    Effect: 'Allow',
    Action: actions.map((action) => `dynamodb:${action}`),
    Resource: [arn],
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
      Null: { 'dynamodb:LeadingKeys': ['false'] },
    },
  }
}
