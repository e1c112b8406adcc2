/** The decisions of a log are judged by the rules of the working tree, and were recorded by those of a commit. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { judgeLog } from '../../scripts/judge-log.ts'
import { git } from '../../scripts/rules-at.ts'

const api = join(import.meta.dirname, '../..')
const caller = { kind: 'user', thirdParty: false, scopes: ['notes:read'], groups: {}, rules: {} }
const shares = { field: 'Note.shares', object: { mine: false }, outcome: 'FORBIDDEN', count: 2 }
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  cpSync(join(api, 'src'), join(root, 'packages/api/src'), { recursive: true })
  cpSync(join(api, 'package.json'), join(root, 'packages/api/package.json'))
  git(root, 'init', '--quiet')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function lineOf(decision: object): string {
  return JSON.stringify({ event: 'decisions', record: JSON.stringify({ caller, decisions: [decision] }) })
}

/** Judges a log that rules with another text recorded. */
function judged(log: string, change: (text: string) => string = (text) => text) {
  const [file, rules] = [join(root, 'requests.log'), join(root, 'packages/api/src/rules.ts')]
  writeFileSync(file, log)
  writeFileSync(rules, change(readFileSync(rules, 'utf8')))
  git(root, 'add', '--all')
  git(root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '-m', 'feat: rules')
  return judgeLog({ log: file, recordedBy: 'HEAD' }, root)
}

describe('the decisions of a log', () => {
  it('stay as they are by the same rules, and change by others', async () => {
    expect(await judged(lineOf(shares))).toMatchObject({ decisions: 2, changed: [], undetermined: [] })
    const { changed } = await judged(lineOf({ ...shares, outcome: 'allowed' }))
    expect(changed).toMatchObject([{ field: 'Note.shares', before: 'allowed', after: 'FORBIDDEN' }])
  })

  it.each([
    ['of another kind of caller', "$& && principal.kind === 'user'"],
    ['of other sharees', '$& && Object.keys(note.shares).length < 2'],
  ])('are undetermined where the rule of that name had a test %s', async (_what, test) => {
    const { changed, undetermined } = await judged(lineOf(shares), (text) =>
      text.replace("roleOf(note, principal.id) === 'OWNER'", test),
    )
    expect({ changed, undetermined }).toEqual({
      changed: [],
      undetermined: [{ field: 'Note.shares', missing: ['mine'], count: 2 }],
    })
  })

  it.each([
    ['an empty file', ''],
    ['a file of other lines', '# Fieldnotes\n{"event":"request"}\n'],
  ])('are missing in %s, which is an error', async (_what, log) => {
    await expect(judged(log)).rejects.toThrow('no line of the event "decisions"')
  })
})
