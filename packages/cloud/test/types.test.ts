import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { changedCopy } from '../src/copy.ts'
import { root } from '../src/paths.ts'

function compile(folder: string) {
  return promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', join(folder, 'infra')])
}

describe('types', () => {
  it('of SST’s own components fit the configuration', async () => {
    expect((await compile(root)).stdout).toBe('')
  })

  it('refuse a misspelt option, a value that AWS has not, and a stage without a limit', async () => {
    const copy = changedCopy([
      { file: 'infra/user-pool.ts', from: 'usernames:', to: 'usernam:' },
      { file: 'infra/graphql.ts', from: "'arm64'", to: "'arm'" },
      { file: 'infra/stage-kind.ts', from: ', reserved: 200', to: '' },
    ])
    const { stdout } = await compile(copy.root).catch((error) => error)
    copy.remove()
    for (const words of ["'usernam' does not exist", '"arm"', "Property 'reserved' is missing"]) {
      expect(stdout).toContain(words)
    }
  })
})
