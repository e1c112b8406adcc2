/** `issuers.json`: the issuers of the cloud that runs now, with their private keys, so that any tool can mint any token, good or bad. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { holderOf, writePrivately } from '../data-folder.ts'
import type { LocalIssuer } from './local-issuers.ts'

function fileOf(folder: string): string {
  return join(folder, 'issuers.json')
}

/** Publishes the issuers, to the owner of the folder alone. Returns what takes them back. */
export function publishIssuers(folder: string, issuers: readonly LocalIssuer[]): () => void {
  writePrivately(fileOf(folder), `${JSON.stringify({ issuers }, null, 2)}\n`)
  return () => rmSync(fileOf(folder), { force: true })
}

/** The issuers of the cloud that uses `folder` now; nothing when none does, for a killed one leaves its file behind. */
export function runningIssuers(folder: string): readonly LocalIssuer[] | undefined {
  if (holderOf(folder) === undefined) return undefined
  try {
    return JSON.parse(readFileSync(fileOf(folder), 'utf8')).issuers
  } catch {
    return undefined
  }
}
