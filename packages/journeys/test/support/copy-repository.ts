/** A copy of the repository, as a clone would be. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../../..')

/** Copies to `folder` what git lists: also files that are changed or new, and nothing that is installed or built. */
export function copyRepository(folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  const present = listed.split('\n').filter((file) => file !== '' && existsSync(join(root, file)))
  for (const file of present) cpSync(join(root, file), join(folder, file), { verbatimSymlinks: true })
}
