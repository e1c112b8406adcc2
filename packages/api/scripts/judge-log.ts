/** Judges the decisions of a log by other rules than those that recorded them. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type WhatIf, whatIf } from '@fieldnotes/policy/what-if'
import { modelAt, modelHere } from './models.ts'
import { recordsIn } from './recorded-lines.ts'
import { repository } from './rules-at.ts'

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
  const model = reference === undefined ? modelHere() : await modelAt(root, reference)
  return whatIf(model, records, { recordedBy: await modelAt(root, recordedBy) })
}
