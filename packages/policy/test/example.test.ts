/** The README's program, word for word, as a program. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '..')
const shown = ['first.ts', 'proofs.ts', 'apollo.ts', 'yoga.ts', 'mercurius.ts', 'graphql-http.ts', 'graphql-js.ts']
const readme = await readFile(join(folder, 'README.md'), 'utf8')

function refused(code: string, message: string, remedy?: object) {
  const extensions = { code, ...(remedy && { remedy }) }
  const error = { message, locations: [{ line: 1, column: 16 }], path: ['book', 'draft'], extensions }
  return { errors: [error], data: { book: { title: 'Fields', draft: null } } }
}

describe('the README', () => {
  it.each(shown)('shows examples/%s as it is', async (file) => {
    expect(readme).toContain(`\`\`\`ts\n${await readFile(join(folder, 'examples', file), 'utf8')}\`\`\``)
  })

  it('links every example that it does not show', () => {
    const examples = readdirSync(join(folder, 'examples')).filter((file) => !shown.includes(file))
    expect(examples.filter((file) => !readme.includes(`](examples/${file})`))).toEqual([])
  })
})

describe('the program of the README', () => {
  it('returns the draft to its author, and one code to every other caller', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'examples/first.ts')])
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      refused('UNAUTHENTICATED', 'Sign in to do this.', { kind: 'SIGN_IN' }),
      refused('FORBIDDEN', 'You may not do this.'),
      { data: { book: { title: 'Fields', draft: 'Notes' } } },
    ])
  })
})

describe('the proofs of the README', () => {
  it('are two that hold, and one with a service that reads a draft', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'examples/proofs.ts')])
    expect(stdout.split('\n').filter((line) => /^[✓✗]/.test(line))).toEqual([
      '✓ Drafts need a sign-in',
      '✓ A draft is as closed as its title',
      '✗ Drafts are for authors and editors',
    ])
    expect(stdout).toContain('caller    a service, scopes books:audit books:read')
  })
})
