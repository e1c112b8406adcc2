/**
 * `issuers.json`: issuers of the running cloud with their private keys, from which any tool can mint any token, valid
 * or not.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { holderOf, writePrivately } from '../data-folder.ts'
import type { LocalIssuer } from './local-issuers.ts'

function fileOf(folder: string): string {
  return join(folder, 'issuers.json')
}

/** Writes the issuers to a file that only the owner of the folder can read. Returns a function that deletes it. */
export function publishIssuers(folder: string, issuers: readonly LocalIssuer[]): () => void {
  writePrivately(fileOf(folder), `${JSON.stringify({ issuers }, null, 2)}\n`)
  return () => rmSync(fileOf(folder), { force: true })
}

/** Issuers of the cloud that uses `folder` now. The file of a killed cloud is ignored. */
export function runningIssuers(folder: string): readonly LocalIssuer[] | undefined {
  if (holderOf(folder) === undefined) return undefined
  try {
    return JSON.parse(readFileSync(fileOf(folder), 'utf8')).issuers
  } catch {
    return undefined
  }
}
