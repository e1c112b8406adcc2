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
import { and, caller, has, inGroup, or, type Rule } from '@fieldnotes/policy/rules'
import { describe, expect, it, onTestFinished } from 'vitest'
import { kinds, words } from '../../scripts/kinds.ts'
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

describe('kinds of caller', () => {
  const cellsBy = (rule: Rule) => {
    const table = { ...rules, User: { ...rules.User, email: rule } }
    const row = matrixOf(unguardedSchema(), table, kinds).rows.find(({ field }) => field === 'email')
    return (kind: string) => row?.cells[kind]
  }
  const verified = caller(
    'a verified e-mail',
    (principal) => principal.kind === 'user' && principal.email !== undefined,
  )

  it('leave open whether a person has a verified e-mail address: the cell is a condition', () => {
    const cell = cellsBy(verified)
    for (const kind of ['person', 'staff', 'third party', 'person, read', 'person, no scope'])
      expect(cell(kind)).toEqual({ verdict: 'depends', on: 'a verified e-mail' })
    expect(cell('anonymous')).toEqual({ verdict: 'deny', codes: ['UNAUTHENTICATED'] })
    expect(cell('service')).toEqual({ verdict: 'deny', codes: ['FORBIDDEN'] })
  })

  it('fix scopes and groups', () => {
    const cell = cellsBy(or(and(verified, has('notes:audit')), inGroup('cognito:staff')))
    expect(cell('staff')).toEqual({ verdict: 'allow' })
    expect(cell('person')).toEqual({ verdict: 'deny', codes: ['FORBIDDEN'] })
    expect(cell('person, read + audit')).toEqual({ verdict: 'depends', on: 'a verified e-mail' })
  })

  it.each(['email', 'handle'])('know that only a person can be oneself: %s', (field) => {
    const row = matrix.rows.find((each) => each.type === 'User' && each.field === field)
    expect(row?.cells.anonymous).toEqual({ verdict: 'deny', codes: ['UNAUTHENTICATED'] })
    expect(row?.cells.service).toEqual({ verdict: 'deny', codes: ['FORBIDDEN'] })
    expect(row?.cells.person).toEqual({ verdict: 'depends', on: 'oneself' })
  })
})

describe('short words', () => {
  it('are for conditions of cells, and every condition has one', () => {
    const cells = matrix.rows.flatMap((row) => Object.values(row.cells))
    const conditions = cells.flatMap((cell) => (cell.verdict === 'depends' ? [cell.on] : []))
    expect(Object.keys(words).sort()).toEqual([...new Set(conditions)].sort())
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
    expect(stdout).toContain('| User.handle | anonymous | yes | sign in |')
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
