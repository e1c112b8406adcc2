/** `npm run without:patches`: which journeys it runs, and why it leaves one out. */
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { aboutPatches } from '../scripts/journey-tests.ts'
import { steps } from '../scripts/without-patches.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const tests = globSync('**/*.test.ts', { cwd: import.meta.dirname })

describe('a copy without any patch', () => {
  it('is installed first, then checked by types, unit tests, journeys and the bundle', () => {
    expect(Object.keys(steps)).toEqual(['install', 'types', 'unit tests', 'journeys', 'bundle in Lambda’s runtime'])
    expect(steps['unit tests']).toMatch(/--project unit$/)
  })

  it('runs every journey but those with a reason', () => {
    const run = (steps.journeys ?? '').split(' ').filter((word) => word.endsWith('.test.ts'))
    const left = tests.filter((test) => !run.includes(`packages/journeys/test/${test}`))
    expect(left.sort()).toEqual(Object.keys(aboutPatches).sort())
    expect(run.filter((path) => globSync(path, { cwd: root }).length !== 1)).toEqual([])
    expect(run.length).toBeGreaterThan(30)
  })

  it('leaves out only tests of the patches themselves, each with a reason', () => {
    for (const [test, reason] of Object.entries(aboutPatches)) {
      expect(tests).toContain(test)
      expect(reason).toContain('patches')
    }
    expect(Object.keys(aboutPatches)).toEqual(['patches.test.ts'])
  })
})
