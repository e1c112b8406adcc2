import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const program = join(import.meta.dirname, '../examples/title.ts')

it('runs the program of the README', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program])
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { level: 'info', event: 'refused', code: 'BAD_USER_INPUT', status: 400 },
    { level: 'info', event: 'repaired', name: 'Zoë' },
  ])
})

it('shows the program in the README as it is', async () => {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8')
  expect(readme).toContain(`\`\`\`ts\n${await readFile(program, 'utf8')}\`\`\``)
})
