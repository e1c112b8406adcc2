/** `npm run test:graphql-js`: every test that executes an operation takes part, with the executor that is set. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withoutOperations } from '../scripts/journey-tests.ts'

const tests = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((file) => !file.startsWith('foreign/'))

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}

/** Calls that start an endpoint: in this process, as `npm start`, or by a fixture that does one of them. */
const starts = /\bstart(Cloud|LocalCloud|Endpoint|MeasuredEndpoint|Fixture|ReadWorld|TrustingCloud)\(/

describe('journeys on the executor of graphql-js', () => {
  it('leave out only tests that start no endpoint, each with a reason', () => {
    for (const [file, reason] of Object.entries(withoutOperations)) {
      expect(tests).toContain(file)
      expect(read(file)).not.toMatch(starts)
      expect(reason).not.toBe('')
    }
  })

  it('start each cloud of this process with the executor of FIELDNOTES_EXECUTOR', () => {
    const files = tests.filter((file) => /\bstartCloud\(/.test(read(file)))
    expect(files.length).toBe(9)
    expect(files.filter((file) => !/import \{ executor \} from '.+\/executor\.ts'/.test(read(file)))).toEqual([])
    expect(files.filter((file) => !/^\s+executor,|, executor,/m.test(read(file)))).toEqual([])
  })
})
