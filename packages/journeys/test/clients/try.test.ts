/** The commands of docs/clients.md that try a program, typed as printed: libraries come from the registry. */
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { page, programsOf, promisedBy } from './support/page.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const programs = programsOf(page)
const commands = programs.find(({ name }) => name === 'try.sh')?.text ?? ''

/** Rows of the table: the programs, and the words after `npm install`. */
const table = [...page.matchAll(/^\| (`[\w-]+\.mjs`(?:, `[\w-]+\.mjs`)*) +\| (?:`(.+)`|nothing) +\|$/gm)].flatMap(
  ([, names = '', libraries = '']) =>
    [...names.matchAll(/`(.+?)`/g)].map(([, name = '']) => ({ name, libraries: libraries.split(' ').filter(Boolean) })),
)

const cloud = ephemeralCloud()

/** Types commands in the folder of the repository, against this cloud; resolves to what they print. */
async function type(words: string): Promise<string> {
  const here = words.replace('--issuer cognito', `--issuer cognito --data '${cloud.folder}'`)
  const env = { ...process.env, ENDPOINT: `${cloud.url}/graphql`, NO_COLOR: '1' }
  const { stdout } = await promisify(execFile)('sh', ['-ec', `${here}\necho "$folder"`], { cwd: root, env })
  const [folder = '', ...lines] = stdout.trim().split('\n').reverse()
  rmSync(folder, { recursive: true, force: true })
  return `${lines.reverse().join('\n')}\n`
}

function promises(name: string): string {
  return promisedBy(programs.find((program) => program.name === name) ?? { language: '', name, text: '' })
}

describe('the commands that try a program', () => {
  it('print what apollo.mjs promises, word for word', async () => {
    expect(await type(commands)).toBe(promises('apollo.mjs'))
  }, 180_000)

  it.each(['fetch.mjs', 'listed.mjs'])('print what %s promises, without a library', async (name) => {
    const alone = commands.replace(/^npm install .*\n/m, '').replaceAll('apollo.mjs', name)
    expect(await type(alone)).toBe(promises(name))
  })

  it('fail for a program that the page does not have', async () => {
    const other = commands.replace(/^npm install .*\n/m, '').replace('node apollo.mjs', 'node other.mjs')
    await expect(type(other)).rejects.toThrow()
  })
})

/** The package of an import such as `@apollo/client/link/context`. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

describe('the table of libraries', () => {
  it('has each program', () => {
    const all = programs.map(({ name }) => name).filter((name) => /\.mjs$/.test(name) && name !== 'fieldnotes.mjs')
    expect(table.map(({ name }) => name).sort()).toEqual(all.sort())
  })

  it.each(table)('names what $name imports', ({ name, libraries }) => {
    const { text = '' } = programs.find((program) => program.name === name) ?? {}
    const imported = [...text.matchAll(/^import .* from '([^.].*?)'/gm)].map(([, from = '']) => packageOf(from))
    const needed = imported.filter((each) => !each.startsWith('node:'))
    expect(libraries).toEqual(expect.arrayContaining(needed))
  })

  it('names what the commands install', () => {
    const [, words] = /^npm install (?:--\S+ )*(.+)$/m.exec(commands) ?? []
    expect(words?.split(' ')).toEqual(table.find(({ name }) => name === 'apollo.mjs')?.libraries)
  })
})
