/** README.md, run: its shell commands against a local cloud print the JSON that it shows. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './support/local-cloud.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const readme = readFileSync(`${root}README.md`, 'utf8')

function blocksOf(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
}

/** The commands of the journey; the first block starts the cloud. */
const script = blocksOf('sh').slice(1).join('\n')
const shown = blocksOf('json').flatMap((block) => block.trim().split('\n'))

const folder = createFolder()
let cloud: LocalCloud

beforeAll(async () => {
  cloud = await startLocalCloud(folder, ['--ephemeral'])
})

afterAll(async () => {
  await cloud?.end()
  deleteFolder(folder)
})

/** An answer without what the README says that only a laptop adds, with its members in the same order. */
function withoutExplanation(text: string): string {
  const { extensions, ...answer } = JSON.parse(text)
  expect(Object.keys(extensions)).toEqual(['authorization'])
  return JSON.stringify(answer)
}

describe('the README', () => {
  it('shows what its commands print, in that order', async () => {
    const here = script
      .replaceAll('http://127.0.0.1:4000', cloud.url)
      .replaceAll('--issuer cognito', `--issuer cognito --data '${folder}'`)
    const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', here], { cwd: root })
    expect(stderr).toBe('')
    expect(shown.length).toBe(4)
    expect(stdout.trim().split('\n').map(withoutExplanation)).toEqual(shown)
  })

  it('names each error code of a GraphQL answer, and no other', async () => {
    const { errors } = await import('@fieldnotes/core/error')
    const named = [...readme.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, code]) => code)
    expect(named).toEqual(Object.keys(errors))
  })
})
