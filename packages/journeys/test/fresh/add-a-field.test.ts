/**
 * Does docs/add-a-field.md word by word on a fresh copy of the repository: applies its changes, runs its commands, and
 * compares what fails with what the page says.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFreshCopy, type FreshCopy } from './fresh-copy.ts'
import { applyDiff, readSteps } from './page-steps.ts'

const page = new URL('../../../../docs/add-a-field.md', import.meta.url)
const steps = readSteps(readFileSync(page, 'utf8'))

let copy: FreshCopy

beforeAll(() => {
  copy = createFreshCopy()
})
afterAll(() => copy.remove())

describe('the page', () => {
  it('changes files, and runs commands, of which some fail', () => {
    expect(steps.filter(({ kind }) => kind === 'change').length).toBeGreaterThanOrEqual(5)
    expect(steps.filter((step) => step.kind === 'command' && step.fails !== undefined).length).toBeGreaterThanOrEqual(4)
    expect(steps.at(-1)).toMatchObject({ kind: 'command', fails: undefined })
  })

  for (const [index, step] of steps.entries()) {
    const title = step.kind === 'change' ? `changes ${step.file}` : `runs ${step.command}`
    it(`${index + 1}: ${title}`, () => {
      if (step.kind === 'change') return applyDiff(join(copy.folder, step.file), step.diff)
      const { status, output } = copy.run(step.command)
      if (step.fails === undefined) return expect(status, output.slice(-4000)).toBe(0)
      expect(status).not.toBe(0)
      expect(output).toContain(step.fails)
    })
  }
})
