import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { coldCommand } from '../src/cold/cold-command.ts'

const wrong: readonly [string, readonly string[], RegExp][] = [
  ['an unknown flag', ['--bogus'], /--bogus/],
  ['a word that belongs to no flag', ['41'], /41/],
  ['a flag without its value', ['--starts'], /--starts/],
  ['a value for a flag that has none', ['--profile=yes'], /--profile/],
  ['what is no number', ['--starts', 'abc'], /from 1 to 9999, not 'abc'/],
  ['an empty number', ['--starts', ''], /not ''/],
  ['no starts', ['--starts', '0'], /not '0'/],
  ['fewer than none', ['--starts=-1'], /not '-1'/],
  ['half a start', ['--starts', '1.5'], /not '1.5'/],
  ['a number in other than digits', ['--starts', '1e3'], /not '1e3'/],
  ['a number with something behind it', ['--starts', '41x'], /not '41x'/],
  ['more than four digits', ['--starts', '10000'], /not '10000'/],
]

const script = fileURLToPath(new URL('../src/bench-cold.ts', import.meta.url))

describe('npm run bench:cold', () => {
  it.each(wrong)('refuses %s', (_name, words, message) => {
    expect(() => coldCommand(words)).toThrow(message)
  })

  it.each([
    [[], { starts: 25, profile: false }],
    [['--starts', '41'], { starts: 41, profile: false }],
    [['--profile', '--starts=9999'], { starts: 9999, profile: true }],
  ])('takes %j', (words, command) => {
    expect(coldCommand(words)).toEqual(command)
  })

  it.each([
    ['--bogus', /^Unknown option '--bogus'.*\nUsage: npm run bench:cold .*\n$/],
    ['--starts=abc', /^--starts takes a number .*\nUsage: npm run bench:cold .*\n$/],
    ['stray', /^Unexpected argument 'stray'.*\nUsage: npm run bench:cold .*\n$/],
  ])('reports %s without a stack, and ends with 2', async (word, message) => {
    const failure = await promisify(execFile)(process.execPath, [script, word]).catch((error) => error)
    expect(failure).toMatchObject({ code: 2, stdout: '' })
    expect(failure.stderr).toMatch(message)
  })
})
