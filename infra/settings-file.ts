import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file with the settings of the stage, which SST has read into the environment; undefined where there is none. */
export function settingsFile(): string | undefined {
  const path = join($cli.paths.root, `.env.${$app.stage}`)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
