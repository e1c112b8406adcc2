import { statSync } from 'node:fs'

/**
 * Which file a path leads to, by device and inode: another one after the file was replaced. Undefined for none, and for
 * one that can't be reached.
 */
export function fileIdentity(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true })
    return `${dev} ${ino}`
  } catch {
    return undefined
  }
}
