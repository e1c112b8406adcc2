import { keyNames, tableShapes } from '@fieldnotes/table/table-shapes'
import { givenState } from './given-state.ts'
import type { App } from './graph.ts'
import type { Inputs } from './pulumi-types.ts'
import { account, arn } from './resource-state.ts'

interface Statement {
  readonly sid?: string
  readonly effect?: string
  readonly actions?: readonly string[]
  readonly resources?: readonly string[]
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[]
  readonly conditions?: readonly {
    readonly test: string
    readonly variable: string
    readonly values: readonly string[]
  }[]
}

/** What is deployed, and where. */
export interface Deployment {
  readonly region: string
  readonly app: Pick<App, 'name' | 'stage'>
}

/**
 * Result of a provider call that creates nothing.
 * @throws Error for a call without a row in the table
 */
export function resultOf(token: string, inputs: Inputs, deployment: Deployment): Inputs {
  const call = calls[token]
  if (!call) throw new Error(`no row for the call ${token}`)
  return call(inputs, deployment)
}

const calls: Readonly<Record<string, (inputs: Inputs, deployment: Deployment) => Inputs>> = {
  'aws:index/getRegion:getRegion': (_, { region }) => ({ region, name: region, id: region }),
  'aws:index/getPartition:getPartition': () => ({ partition: 'aws', id: 'aws', dnsSuffix: 'amazonaws.com' }),
  'aws:index/getCallerIdentity:getCallerIdentity': () => ({
    accountId: account,
    id: account,
    arn: `arn:aws:iam::${account}:root`,
  }),
  'aws:iam/getPolicyDocument:getPolicyDocument': ({ statements }) => ({
    id: 'policy',
    statements,
    json: JSON.stringify({ Version: '2012-10-17', Statement: ((statements ?? []) as Statement[]).map(written) }),
  }),
  'aws:dynamodb/getTable:getTable': ({ name }, deployment) => restored(String(name), deployment),
  'aws:route53/getZones:getZones': () => ({ ids: ['Z1'] }),
  'aws:route53/getZone:getZone': () => ({ zoneId: 'Z1', name: 'example.com' }),
}

/**
 * A table that was restored and completed as `docs/restore.md` says, unless a test gives another state by its name.
 * @throws Error, as the provider, for a name that a test gives as `absent`
 */
function restored(name: string, { region, app }: Deployment): Inputs {
  const given = givenState(name)
  if (given?.absent) throw failed(`reading DynamoDB Table (${name}): couldn't find resource`)
  const indexes = Object.entries(tableShapes.notes.localIndexes).map(([index, attributes]) => ({
    name: index,
    rangeKey: keyNames.changeKey,
    projectionType: attributes === 'all' ? 'ALL' : 'INCLUDE',
    nonKeyAttributes: attributes === 'all' ? [] : attributes,
  }))
  return {
    id: name,
    name,
    arn: arn('dynamodb', region, `table/${name}`),
    hashKey: keyNames.partitionKey,
    rangeKey: keyNames.sortKey,
    attributes: [keyNames.partitionKey, keyNames.sortKey, keyNames.changeKey].map((key) => ({ name: key, type: 'S' })),
    localSecondaryIndexes: indexes,
    deletionProtectionEnabled: true,
    serverSideEncryption: { enabled: true },
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    ttl: { attributeName: keyNames.timeToLive, enabled: true },
    onDemandThroughputs: [{ maxReadRequestUnits: 20_000, maxWriteRequestUnits: 10_000 }],
    tags: { project: app.name, stage: app.stage },
    ...given?.state,
  }
}

/** The error of a call as gRPC gives it: Pulumi reads `details` alone. */
function failed(details: string): Error {
  return Object.assign(new Error(details), { details })
}

/** A statement in IAM's JSON. Unlike the provider, it keeps lists of one element, so that tests see one form. */
function written({ sid, effect, actions, resources, principals, conditions }: Statement) {
  return {
    ...(sid && { Sid: sid }),
    Effect: effect ?? 'Allow',
    ...(actions && { Action: actions }),
    ...(resources && { Resource: resources }),
    ...(principals && { Principal: Object.fromEntries(principals.map((who) => [who.type, who.identifiers])) }),
    ...(conditions?.length && { Condition: conditionsOf(conditions) }),
  }
}

function conditionsOf(conditions: NonNullable<Statement['conditions']>): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {}
  for (const { test, variable, values } of conditions) found[test] = { ...found[test], [variable]: values }
  return found
}
