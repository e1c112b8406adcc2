/** The rotation of signing keys of `docs/maintain.md`, deployed line by line with an engine that creates nothing. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changedCopy } from '../src/copy.ts'
import { root } from '../src/paths.ts'
import { setSecrets } from '../src/required-secrets.ts'
import { type Ended, offlineSst, type Sst } from '../src/sst.ts'

const page = readFileSync(join(root, 'docs/maintain.md'), 'utf8')
const lines = [...page.matchAll(/^ *\d\. `(\d+:[\w:,]+)`/gm)].map(([, line = '']) => line)

const stage = ['--stage', 'production']
const origins = { FIELDNOTES_ORIGINS: 'https://notes.example.com' }
const copy = changedCopy([])
let sst: Sst

/** Deploys production with this line of its file. */
function deploy(keys: string): Promise<Ended> {
  return sst.exec('sh', '-c', `FIELDNOTES_SIGNING_KEYS=${keys} npx sst deploy ${stage.join(' ')}`)
}

beforeAll(async () => {
  sst = await offlineSst({ root: copy.root, env: origins })
  await setSecrets(sst, ...stage)
  await sst.run('deploy', ...stage)
})

afterAll(() => {
  sst.close()
  copy.remove()
})

describe('docs/maintain.md, the signing keys', () => {
  it('are rotated in four deployments, of which the last one deletes the old key', async () => {
    const steps = [/Created +SigningKey2/, /Updated +Issuer /, /Updated +SigningKey1/, /Deleted +SigningKey1/]
    expect(lines).toHaveLength(steps.length)
    for (const [index, line] of lines.entries()) {
      const { status, output } = await deploy(line)
      expect([line, status, output]).toEqual([line, 0, expect.stringMatching(steps[index] ?? /$^/)])
    }
  })

  it('are not deleted while they are published: production refuses a line without the active key', async () => {
    const { status, output } = await deploy('3:active')
    expect([status, output]).toEqual([1, expect.stringContaining('protect')])
  })
})
