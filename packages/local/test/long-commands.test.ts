/** Commands that take longer than ten seconds say at the start how long they take. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { durationWords } from '../src/progress.ts'
import { textOf } from './imports.ts'

const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> }

/** Tests, mutations, measurements, and what repeats tests with something changed. */
const long = /vitest run|run -s mutate|bench\/src|run-dangers|journeys\/scripts\/(break|mutate|test|without)/
const commands = Object.entries(scripts).filter(([, text]) => long.test(text))

/** Whether the script or its program says how long it takes. */
function saysHowLong(text: string): boolean {
  const program = /^node (?:--\S+ )?(packages\/\S+\.ts)$/.exec(text)?.[1]
  const source = program === undefined ? '' : textOf(program)
  return (
    /^node packages\/local\/scripts\/takes\.ts \d+ && /.test(text) || /startProgress\(|durationWords\(/.test(source)
  )
}

describe('a long command', () => {
  it('is found', () => {
    const names = commands.map(([name]) => name)
    for (const name of ['test', 'test:all', 'mutate:policy', 'mutate:api', 'bench', 'bench:cold', 'load', 'danger'])
      expect(names).toContain(name)
  })

  it.each(commands)('says how long it takes: %s', (_name, text) => {
    expect(saysHowLong(text), text).toBe(true)
  })

  it.each([
    'vitest run --project unit',
    'node packages/local/scripts/takes.ts && vitest run',
    'node packages/local/src/start.ts',
  ])('would be seen to say nothing: %s', (text) => {
    expect(saysHowLong(text)).toBe(false)
  })
})

describe('takes.ts', () => {
  it.each([
    ['test', 'npm test'],
    ['bench:cold', 'npm run bench:cold'],
  ])('names the script %s as it is typed', (npm_lifecycle_event, typed) => {
    const { stderr } = spawnSync(process.execPath, ['packages/local/scripts/takes.ts', '600'], {
      cwd: new URL('../../../', import.meta.url),
      env: { npm_lifecycle_event },
      encoding: 'utf8',
    })
    expect(stderr).toBe(`${typed}: about ${durationWords(600)}.\n`)
  })
})
