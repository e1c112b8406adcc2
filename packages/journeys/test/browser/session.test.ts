/** A whole visit with browser sessions in Chromium: sign-in, tabs, idle end, sign-out here and everywhere, secrets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretForms } from './support/seen-answers.ts'
import { sessionSteps } from './support/session-steps.ts'
import { startVisit, type Visit } from './support/session-visit.ts'

let visit: Visit
beforeAll(async () => {
  visit = await startVisit()
})
afterAll(() => visit?.stop())

describe('a visit in Chromium', () => {
  it.each(sessionSteps.map((step, at) => [`${at + 1}`, ...step] as const))(
    '%s. %s',
    async (_at, _what, act, wanted) => {
      const shown = await act(visit)
      if (typeof wanted === 'string') expect(shown).toBe(wanted)
      else expect(shown).toMatch(wanted)
    },
  )

  it('would be noticed if it showed a secret', async () => {
    const [token, member] = ['a eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.x', '{"refresh_token":"x"}']
    expect([token, member].map((text) => secretForms.some((form) => form.test(text)))).toEqual([true, true])
    const [page] = visit.tabs
    await page.evaluate((text) => console.log(text), [...visit.secrets][3])
    await expect.poll(async () => (await visit.answers.search([...visit.secrets])).found).toEqual(['console'])
  })
})
