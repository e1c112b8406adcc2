import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { profileCommand } from '../src/warm/profile-command.ts'

const wrong: readonly [string, readonly string[], RegExp][] = [
  ['an unknown operation, naming those that there are', ['lst'], /'lst'.* single, list, .*deniedList/],
  ['an unknown row, naming those that there are', ['list', 'our'], /'our'.* floor, .* ours, /],
  ['a row without a Lambda path', ['list', 'graphql-js'], /graphql-js is an engine alone/],
  [
    'a refusal by a row without guards, naming what is possible',
    ['deniedField', 'apollo-lean'],
    /single, list, .*me\.$/,
  ],
  ['a third word', ['list', 'ours', 'theirs'], /'theirs' is too much/],
  ['a flag', ['--quick'], /--quick/],
]

describe('npm run bench:profile', () => {
  it.each(wrong)('refuses %s', async (_name, words, message) => {
    await expect(profileCommand(words)).rejects.toThrow(message)
  })

  it('measures the list on our row by default, and any operation on a row with guards', async () => {
    const [list, denied] = [await profileCommand([]), await profileCommand(['deniedRoot', 'pothos'])]
    expect(await list()).toMatchObject({ statusCode: 200, body: expect.stringContaining('{"edges":[') })
    expect(await denied()).toMatchObject({
      body: expect.stringContaining('Not authorized to resolve Query.adminStats'),
    })
  })

  it('reports a mistake without a stack, and ends with 2', async () => {
    const script = fileURLToPath(new URL('../src/warm/bench-profile.ts', import.meta.url))
    const failure = await promisify(execFile)(process.execPath, [script, 'lst']).catch((error) => error)
    expect(failure).toMatchObject({ code: 2, stdout: '' })
    expect(failure.stderr).toMatch(/^There is no operation 'lst'\. .*\nUsage: npm run bench:profile .*\n$/)
  })
})
