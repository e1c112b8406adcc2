/** `groups.json`: whether the groups of the running cloud are open or governed, for the operators' command. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type GroupMode, groupModes } from '@fieldnotes/core/group-policy'
import { holderOf, writePrivately } from './data-folder.ts'

function fileOf(folder: string): string {
  return join(folder, 'groups.json')
}

/** Writes the file, which only the owner of the folder can read. Returns a function that deletes it. */
export function publishGroupMode(folder: string, groups: GroupMode): () => void {
  writePrivately(fileOf(folder), `${JSON.stringify({ groups }, null, 2)}\n`)
  return () => rmSync(fileOf(folder), { force: true })
}

/** The mode of the cloud that uses `folder` now. The file of a killed cloud is ignored. */
export function runningGroupMode(folder: string): GroupMode | undefined {
  if (holderOf(folder) === undefined) return undefined
  try {
    const { groups } = JSON.parse(readFileSync(fileOf(folder), 'utf8'))
    return groupModes.find((mode) => mode === groups)
  } catch {
    return undefined
  }
}
