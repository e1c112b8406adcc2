/** Judges the decisions of a log by other rules than those that recorded them. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createModel, type Model } from '@fieldnotes/policy/prove'
import { type WhatIf, whatIf } from '@fieldnotes/policy/what-if'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { knowledge } from '../src/knowledge.ts'
import { rules } from '../src/rules.ts'
import { recordsIn } from './recorded-lines.ts'
import { commitAt, repository, rulesAt } from './rules-at.ts'

async function modelOf(root: string, reference: string | undefined): Promise<Model> {
  if (reference === undefined) return createModel(unguardedSchema(), rules, knowledge)
  const old = await rulesAt(root, commitAt(root, reference))
  return createModel(old.schema, old.rules as never, knowledge)
}

async function linesOf(file: string): Promise<readonly unknown[]> {
  const records: unknown[] = []
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }))
    records.push(...recordsIn(line))
  return records
}

export interface LogOptions {
  readonly log: string
  /** The commit whose rules judge; the working tree when undefined. */
  readonly rules?: string | undefined
  /** The commit whose rules recorded. */
  readonly recordedBy: string
}

/** @throws UnreadableRules; Error for a file that has no decisions */
export async function judgeLog({ log, rules: reference, recordedBy }: LogOptions, root = repository): Promise<WhatIf> {
  const records = await linesOf(log)
  if (records.length === 0) throw new Error('The file has no line of the event "decisions".')
  return whatIf(await modelOf(root, reference), records, { recordedBy: await modelOf(root, recordedBy) })
}
