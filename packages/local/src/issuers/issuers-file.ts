/**
 * `issuers.json`: issuers of the running cloud with their private keys, from which any tool can mint any token, valid
 * or not. `issuer-names.json`: the names of all issuers that the cloud trusts, also of those that its settings add.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { holderOf, writePrivately } from '../data-folder.ts'
import type { LocalIssuer } from './local-issuers.ts'

const files = { issuers: 'issuers.json', names: 'issuer-names.json' } as const

type Published = { readonly issuers: readonly LocalIssuer[]; readonly names: readonly string[] }

/**
 * Writes both files, which only the owner of the folder can read. `names` are those of every trusted issuer. Returns a
 * function that deletes the files.
 */
export function publishIssuers(folder: string, published: Published): () => void {
  for (const member of ['issuers', 'names'] as const)
    writePrivately(join(folder, files[member]), `${JSON.stringify({ [member]: published[member] }, null, 2)}\n`)
  return () => {
    for (const file of Object.values(files)) rmSync(join(folder, file), { force: true })
  }
}

/** Issuers of the cloud that uses `folder` now. The file of a killed cloud is ignored. */
export function runningIssuers(folder: string): readonly LocalIssuer[] | undefined {
  return read(folder, 'issuers')
}

/** Names of every issuer that the cloud trusts: its own, and those that its settings add. */
export function runningIssuerNames(folder: string): readonly string[] {
  return read(folder, 'names') ?? []
}

function read<Member extends keyof Published>(folder: string, member: Member): Published[Member] | undefined {
  if (holderOf(folder) === undefined) return undefined
  try {
    return JSON.parse(readFileSync(join(folder, files[member]), 'utf8'))[member]
  } catch {
    return undefined
  }
}
