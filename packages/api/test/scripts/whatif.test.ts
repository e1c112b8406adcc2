/** The decisions of a log are judged by the rules of the working tree, and were recorded by those of a commit. */
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeLog } from '../../scripts/judge-log.ts'
import { useRulesRepository } from '../support/rules-repository.ts'

const caller = { kind: 'user', thirdParty: false, scopes: ['notes:read'], groups: {}, rules: {} }
const shares = { field: 'Note.shares', object: { mine: false }, outcome: 'FORBIDDEN', count: 2 }

const { root, file, commit, rewrite } = useRulesRepository()

function lineOf(decision: object): string {
  return JSON.stringify({ event: 'decisions', record: JSON.stringify({ caller, decisions: [decision] }) })
}

/** Judges a log that rules with another text recorded. */
function judged(log: string, change?: (text: string) => string) {
  writeFileSync(file('requests.log'), log)
  if (change) rewrite('rules.ts', change)
  commit('feat: rules')
  return judgeLog({ log: file('requests.log'), recordedBy: 'HEAD' }, root())
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
