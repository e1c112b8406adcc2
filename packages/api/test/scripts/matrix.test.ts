/** The committed matrix agrees with the rules, so that a change of access is a line in a diff. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { matrixOf } from '@fieldnotes/policy/matrix'
import { formatMatrix } from '@fieldnotes/policy/matrix-text'
import { describe, expect, it, onTestFinished } from 'vitest'
import { kinds } from '../../scripts/kinds.ts'
import { unguardedSchema } from '../../src/graphql/schema.ts'
import { rules } from '../../src/rules.ts'

const script = fileURLToPath(new URL('../../scripts/matrix.ts', import.meta.url))
function run(...words: string[]) {
  return promisify(execFile)(process.execPath, [script, ...words])
}
const matrix = matrixOf(unguardedSchema(), rules, kinds)

describe('MATRIX.md', () => {
  it('is what `npm run matrix` prints; mend it with `npm run -s matrix > packages/api/MATRIX.md`', () => {
    const committed = readFileSync(new URL('../../MATRIX.md', import.meta.url), 'utf8')
    expect(committed).toBe(formatMatrix(matrix, 'md'))
  })

  it('has a row for every field of every type', () => {
    const types = Object.entries(rules).flatMap(([type, row]) => Object.keys(row).map((field) => `${type}.${field}`))
    expect(matrix.rows.map(({ type, field }) => `${type}.${field}`).sort()).toEqual(types.sort())
  })
})

describe('npm run matrix', { timeout: 60_000 }, () => {
  it('shows what changed against an older matrix', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'matrix-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const rows = matrix.rows.map((row) =>
      row.field === 'handle' ? { ...row, cells: { ...row.cells, anonymous: { verdict: 'allow' } } } : row,
    )
    writeFileSync(join(folder, 'old.json'), JSON.stringify({ ...matrix, rows }))
    const { stdout } = await run('--against', join(folder, 'old.json'))
    expect(stdout).toContain('| User.handle | anonymous | yes | if oneself |')
  })

  it('ends without a message when its output is closed, as by `head`', async () => {
    const child = spawn(process.execPath, [script, '--format', 'html'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect([status, said]).toEqual([0, ''])
  })

  it.each([['--format', 'xml'], ['--against', '/nowhere'], ['--against', script], ['--formt', 'md'], ['extra']])(
    'refuses %s %s in words',
    async (...words) => {
      const { code, stderr } = await run(...words.filter((word) => word !== undefined)).catch((error) => error)
      expect(code).toBe(2)
      expect(stderr).not.toContain('    at ')
    },
  )
})
