import { keyNames, tableShapes } from '@fieldnotes/table/table-shapes'
import { givenState } from './given-state.ts'
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

/**
 * Result of a provider call that creates nothing.
 * @throws Error for a call without a row in the table
 */
export function resultOf(token: string, inputs: Inputs, region: string): Inputs {
  const call = calls[token]
  if (!call) throw new Error(`no row for the call ${token}`)
  return call(inputs, region)
}

const calls: Readonly<Record<string, (inputs: Inputs, region: string) => Inputs>> = {
  'aws:index/getRegion:getRegion': (_, region) => ({ region, name: region, id: region }),
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
  'aws:dynamodb/getTable:getTable': ({ name }, region) => restored(String(name), region),
  'aws:route53/getZones:getZones': () => ({ ids: ['Z1'] }),
  'aws:route53/getZone:getZone': () => ({ zoneId: 'Z1', name: 'example.com' }),
}

/** A table that was restored and completed as `docs/restore.md` says, unless a test gives another state by its name. */
function restored(name: string, region: string): Inputs {
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
    localSecondaryIndexes: indexes,
    deletionProtectionEnabled: true,
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    ttl: { attributeName: keyNames.timeToLive, enabled: true },
    onDemandThroughputs: [{ maxReadRequestUnits: 20_000, maxWriteRequestUnits: 10_000 }],
    tags: {},
    ...givenState(name)?.state,
  }
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
