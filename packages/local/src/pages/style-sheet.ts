/** The style sheet of all local pages. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Its path. */
export const stylePath = '/pages/style.css'

const files = ['tokens', 'base', 'controls', 'sheet', 'targets']

/** Its text: the files of `styles/`, one after another. */
export function styleSheet(): string {
  return files.map((name) => readFileSync(join(import.meta.dirname, `styles/${name}.css`), 'utf8')).join('\n')
}
