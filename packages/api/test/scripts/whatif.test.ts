/** `npm run whatif` on a log: its exit status is 0 only when every decision stays as it was recorded. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const script = join(import.meta.dirname, '../../scripts/whatif.ts')
const caller = { kind: 'user', thirdParty: false, scopes: ['notes:read'], groups: {}, rules: {} }
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function lineOf(decision: object): string {
  return JSON.stringify({ event: 'decisions', record: JSON.stringify({ caller, decisions: [decision] }) })
}

function whatIfOf(log: string) {
  const file = join(folder, 'requests.log')
  writeFileSync(file, log)
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--log', file], { encoding: 'utf8' })
  return { status, text: stdout + stderr }
}

const shares = { field: 'Note.shares', object: { mine: false }, outcome: 'FORBIDDEN', count: 2 }

describe('the decisions of a log', () => {
  it.each([
    ['0 when none would differ', shares, 0, '2 recorded decisions: 0 changed, 0 undetermined.'],
    ['1 when one would differ', { ...shares, outcome: 'allowed' }, 1, 'Note.shares, person: allowed → FORBIDDEN'],
    ['1 when one depends on what was not recorded', { ...shares, object: {} }, 1, 'Note.shares: not recorded: mine'],
  ])('give the status %s', (_what, decision, status, text) => {
    expect(whatIfOf(lineOf(decision))).toEqual({ status, text: expect.stringContaining(text) })
  })

  it.each([
    ['an empty file', ''],
    ['a file of other lines', '# Fieldnotes\n{"event":"request"}\n'],
  ])('are missing in %s, which gives the status 2', (_what, log) => {
    expect(whatIfOf(log)).toEqual({ status: 2, text: expect.stringContaining('no line of the event "decisions"') })
  })
})
