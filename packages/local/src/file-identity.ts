import { statSync } from 'node:fs'

/** Which file a path leads to, by device and inode: another one after the file was replaced. Undefined for none. */
export function fileIdentity(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat && `${stat.dev} ${stat.ino}`
}
