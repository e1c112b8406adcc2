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

/**
 * Writes the issuers to a file that only the owner of the folder can read. `added` are the names of the issuers that
 * the cloud trusts beside its own. Returns a function that deletes the file.
 */
export function publishIssuers(folder: string, issuers: readonly LocalIssuer[], added: readonly string[]): () => void {
  writePrivately(fileOf(folder), `${JSON.stringify({ issuers, added }, null, 2)}\n`)
  return () => rmSync(fileOf(folder), { force: true })
}

/** Issuers of the cloud that uses `folder` now. The file of a killed cloud is ignored. */
export function runningIssuers(folder: string): readonly LocalIssuer[] | undefined {
  return published(folder)?.issuers
}

/** Names of every issuer that the cloud trusts: its own, and those that its settings add. */
export function runningIssuerNames(folder: string): readonly string[] {
  const { issuers = [], added = [] } = published(folder) ?? {}
  return [...issuers.map(({ name }) => name), ...added]
}

interface Published {
  readonly issuers: readonly LocalIssuer[]
  readonly added: readonly string[]
}

function published(folder: string): Partial<Published> | undefined {
  if (holderOf(folder) === undefined) return undefined
  try {
    return JSON.parse(readFileSync(fileOf(folder), 'utf8'))
  } catch {
    return undefined
  }
}
