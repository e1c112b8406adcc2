/** `npm run prove -- --against REF`, in a repository of its own whose first commit has other rules. */
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareWith } from '../../scripts/prove-against.ts'
import { UnreadableRules } from '../../scripts/rules-at.ts'
import { useRulesRepository } from '../support/rules-repository.ts'

const { root, file, commit, rewrite } = useRulesRepository()

/** Commits the sources with rules that are changed by `change`. */
function commitRules(change: (text: string) => string): void {
  rewrite('rules.ts', change)
  commit('feat: other rules')
}

const sharesNow = 'and(reads, mine)'

function closeShares(text: string): string {
  return text.replace('shares: and(reads, mine)', 'shares: and(reads, mine, staff)')
}

describe('the rules since a commit', () => {
  it('are equal when nothing changed, also when the text did', async () => {
    commit('feat: the same rules')
    expect(await compareWith('HEAD', root())).toMatchObject({
      announced: true,
      text: expect.stringContaining('Equal: 0'),
    })
    commitRules((text) => text.replace('shares: and(reads, mine)', 'shares: and(mine, reads)'))
    expect(await compareWith('HEAD', root())).toMatchObject({
      announced: true,
      text: expect.stringContaining('Equal: 0'),
    })
  })

  it('are not announced when a field is wider', async () => {
    commitRules(closeShares)
    const { text, announced } = await compareWith('HEAD', root())
    expect(announced).toBe(false)
    expect(text).toContain('| `Note.shares` | person | wider |')
    expect(text).toContain(
      '- `Note.shares` is wider: say `Widens: Note.shares (person, third party, service)` in its commit.',
    )
  })

  it.each([
    'Widens: Note.shares',
    'Widens: User.email, Note.shares',
    'Widens: Note.*',
    'Widens: Note.shares (person, third party, service)',
    'Widens: Note.shares (person)\nWidens: Note.* (third party,service)',
  ])('are announced by the line %s of a later commit', async (line) => {
    commitRules(closeShares)
    commit(`feat: the owner sees shares\n\n${line}`)
    expect((await compareWith('HEAD~1', root())).announced).toBe(true)
    // A line of the commit that is compared with was about the change before it.
    expect((await compareWith('HEAD', root())).announced).toBe(false)
  })

  it.each([
    'Widens: Note.share',
    'Widens: User.*',
    'It Widens: Note.shares',
    'Widens: Note.shares (person, service)',
    'Widens: Note.shares ()',
  ])('are not announced by the line %s', async (line) => {
    commitRules(closeShares)
    commit(`feat: the owner sees shares\n\n${line}`)
    expect((await compareWith('HEAD~1', root())).announced).toBe(false)
  })

  it.each([
    ['no line', 'feat: for all', false],
    ['a line of its own', 'feat: for all\n\nWidens: Note.shares', true],
  ])('are announced by the line of the same commit alone: a second one with %s', async (_what, message, announced) => {
    const [scoped, staffed, plain] = [
      "and(reads, mine, staff, has('notes:audit'))",
      'and(reads, mine, staff)',
      sharesNow,
    ]
    rewrite('rules.ts', (text) => text.replace(sharesNow, scoped))
    commit('feat: the base')
    rewrite('rules.ts', (text) => text.replace(scoped, staffed))
    commit('feat: without the scope\n\nWidens: Note.shares')
    rewrite('rules.ts', (text) => text.replace(staffed, plain))
    commit(message)
    const compared = await compareWith('HEAD~2', root())
    expect(compared.announced).toBe(announced)
    expect(compared.text.includes('## Not announced')).toBe(!announced)
  })

  it('need no announcement of what a later commit closed again', async () => {
    commit('feat: the base')
    rewrite('rules.ts', (text) => text.replace(`shares: ${sharesNow}`, 'shares: reads'))
    commit('feat: open')
    rewrite('rules.ts', (text) => text.replace('shares: reads', `shares: ${sharesNow}`))
    commit('feat: closed')
    expect((await compareWith('HEAD~2', root())).announced).toBe(true)
  })

  it('need no announcement when a field is narrower', async () => {
    commitRules((text) => text.replace('shares: and(reads, mine)', 'shares: readable'))
    const { text, announced } = await compareWith('HEAD', root())
    expect(announced).toBe(true)
    expect(text).toContain('| `Note.shares` | person | narrower |')
  })

  it('differ also when a rule keeps its name and reads notes otherwise', async () => {
    rewrite('notes/roles.ts', (text) => text.replace('note.trashedAt !== undefined || ', ''))
    commit('feat: shares outlive the trash')
    const { text } = await compareWith('HEAD', root())
    expect(text).toContain('| `Note.title` | person | narrower |')
  })
})

describe('a test of notes that keeps its name', () => {
  const own = 'if (note.ownerId === personId)'
  it.each([
    ['other sharees', 'if (note.ownerId === personId || Object.keys(note.shares).length > 1)'],
    ['the time of the trash', "if (note.ownerId === personId || (note.trashedAt ?? '') > '2026-12')"],
    ['the length of an id', 'if (note.ownerId === personId || personId.length > 10)'],
    ['the beginning of an id', 'if (note.ownerId.startsWith(personId.slice(0, 3)))'],
  ])('is narrower than one that was open by %s', async (_what, open) => {
    rewrite('notes/roles.ts', (text) => text.replace(own, open))
    commit('feat: owners')
    expect((await compareWith('HEAD', root())).text).toContain('| `Note.shares` | person | narrower |')
  })
})

describe('the roles of the actions', () => {
  it.each([
    ["leave: ['EDITOR', 'VIEWER']", "leave: ['VIEWER']", '| `NotePermissions.leave` | person | wider |'],
    [
      "update: ['OWNER', 'EDITOR']",
      "update: ['OWNER', 'EDITOR', 'VIEWER']",
      '| `NotePermissions.update` | person | narrower |',
    ],
  ])('are compared with those of the commit: %s for %s', async (now, before, row) => {
    rewrite('notes/roles.ts', (text) => text.replace(now, before))
    commit('feat: other roles')
    const { text: compared, announced } = await compareWith('HEAD', root())
    expect(compared).toContain(row)
    expect(announced).toBe(row.includes('narrower'))
  })
})

describe('a comparison that is not complete', () => {
  it('is not announced while a rule reads what no example varies', async () => {
    commitRules((text) => text.replace("roleOf(note, principal.id) === 'OWNER'", '$& && !note.pinned'))
    const { text, announced } = await compareWith('HEAD', root())
    expect(announced).toBe(false)
    expect(text).toContain('- `Note.shares`: `mine` reads object.pinned, which the examples leave open.')
    expect(text).toContain('- `Note.shares` may be wider: say `Widens: Note.shares` in its commit.')
    commit('feat: pinned notes\n\nWidens: Note.*, NotePermissions.*')
    expect((await compareWith('HEAD~1', root())).announced).toBe(true)
  })

  it.each([
    'packages/policy/src/rules.ts',
    'packages/policy/src/rule/tree.ts',
    'packages/policy/src/decide/trace.ts',
    'packages/core/src/principal.ts',
  ])('is not announced when %s decides otherwise', async (name) => {
    writeFileSync(file(name), 'export const person = 1')
    commit('feat: rules')
    expect((await compareWith('HEAD', root())).announced).toBe(true)
    writeFileSync(file(name), 'export const person = 2')
    const { text, announced } = await compareWith('HEAD', root())
    expect(announced).toBe(false)
    expect(text).toContain(`- ${name}`)
    commit('feat: other rules\n\nWidens: Note.*')
    expect((await compareWith('HEAD~1', root())).announced).toBe(false)
  })
})

describe('a commit that can not be compared with', () => {
  it.each(['nowhere', '--all', 'HEAD:packages', ''])('is refused: %j', async (reference) => {
    commit('feat: the same rules')
    await expect(compareWith(reference, root())).rejects.toThrow(UnreadableRules)
  })

  it('is refused when its rules do not load', async () => {
    commitRules((text) => `import { lost } from '@fieldnotes/policy/lost'\nvoid lost\n${text}`)
    await expect(compareWith('HEAD', root())).rejects.toThrow(/can not be loaded/)
  })
})
