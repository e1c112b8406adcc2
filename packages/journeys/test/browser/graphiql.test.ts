/** GraphiQL as `npm start` serves it, in Chromium: what a newcomer sees first works. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from '../support/local-cloud.ts'

const folder = createFolder()
let cloud: LocalCloud
let browser: Browser

beforeAll(async () => {
  cloud = await startLocalCloud(folder, ['--ephemeral'])
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  await cloud?.end()
  deleteFolder(folder)
})

/** Runs the tab that is open, and returns the response of the endpoint. */
async function execute(page: Page): Promise<{ data?: unknown; errors?: unknown }> {
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/graphql') && !response.request().postData()?.includes('__schema'),
  )
  await page.locator('.graphiql-execute-button').click()
  return (await answered).json()
}

async function open(width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  await page.goto(`${cloud.url}/graphiql`)
  await page.locator('.graphiql-execute-button').waitFor()
  return page
}

describe('GraphiQL', () => {
  it('opens with one operation, which succeeds for every person', async () => {
    const page = await open(1440)
    const callers = page.locator('#callers button', { hasText: '·' })
    expect(await callers.count()).toBe(6)
    for (const caller of await callers.all()) {
      await caller.click()
      const answer = await execute(page)
      expect(answer.errors).toBeUndefined()
      expect(answer.data).toMatchObject({
        me: { name: expect.stringMatching(/^(Alice|Bob|Carol)$/) },
        notes: { nodes: [] },
      })
    }
    await page.close()
  })

  it('has another tab that writes a note', async () => {
    const page = await open(1440)
    await page.getByRole('tab', { name: 'WriteANote' }).click()
    // GraphiQL sends the name of the former tab's operation for a moment, which the endpoint refuses.
    await expect
      .poll(() => execute(page), { timeout: 10_000 })
      .toMatchObject({ data: { createNote: { note: { title: 'Groceries' } } } })
    await page.close()
  })

  it('says that the persons of two issuers are two people, as they are', async () => {
    const page = await open(1440)
    expect(await page.locator('header').textContent()).toContain('alice · cognito and alice · firebase are two people')
    const ids = new Set<unknown>()
    for (const name of ['alice · cognito', 'alice · firebase']) {
      await page.getByRole('button', { name }).click()
      ids.add(((await execute(page)).data as { me: { id: string } }).me.id)
    }
    expect(ids.size).toBe(2)
    await page.close()
  })

  it.each([390, 1440])('fits into %i pixels', async (width) => {
    const page = await open(width)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.close()
  })
})
