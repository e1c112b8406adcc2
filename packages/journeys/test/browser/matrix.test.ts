/** The page of the permission matrix, in Chromium. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'

const command = fileURLToPath(new URL('../../../api/scripts/matrix.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-matrix-'))
const file = join(folder, 'matrix.html')

let browser: Browser

beforeAll(async () => {
  writeFileSync(file, execFileSync(process.execPath, [command, '--format', 'html']))
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

async function open(width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 } })
  await page.goto(`file://${file}`)
  return page
}

function cell(page: Page, field: string, caller: string) {
  return page.locator(`tr[data-field="${field}"] td[data-caller="${caller}"]`)
}

describe.each([390, 1440])('at %i pixels', (width) => {
  it('keeps its head and its fields in sight, with aligned columns', async () => {
    const page = await open(width)
    const head = page.locator('thead th[data-caller="person, read"]')
    const before = await head.boundingBox()
    await page.locator('main').evaluate((main) => main.scrollTo(200, 900))
    const after = await head.boundingBox()
    expect(after?.y).toBe(before?.y)
    expect((await page.locator('tr[data-field="Note.title"] th').boundingBox())?.x).toBe(0)
    for (const field of ['Note.title', 'Query.me', 'PageInfo.endCursor'])
      expect((await cell(page, field, 'person, read').boundingBox())?.x).toBe(after?.x)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.close()
  })

  it('shows each rule whole, or hides all of them', async () => {
    const page = await open(width)
    const cells = page.locator('td.rule:visible')
    expect(await cells.count()).toBe(width === 390 ? 0 : await page.locator('tr[data-field]').count())
    const edges = await cells.evaluateAll((all) =>
      all.map((each) => [each.scrollWidth - each.clientWidth, each.getBoundingClientRect().right]),
    )
    for (const [cut = 0, right = 0] of edges) expect([cut, right <= width]).toEqual([0, true])
    await page.close()
  })

  it('has short words, and reads out the whole at the pointer and at the focus', async () => {
    const page = await open(width)
    const title = cell(page, 'Note.title', 'staff')
    expect(await title.textContent()).toBe('if reader')
    await title.hover()
    const whole = 'staff: may if mine or shared as editor or shared as viewer'
    expect(await page.locator('footer').textContent()).toContain(whole)
    await title.focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('footer strong').textContent()).toBe('Note.content')
    expect(await page.locator('td[tabindex="0"]').count()).toBe(1)
    await page.close()
  })

  it('hides the rows and columns that are deselected', async () => {
    const page = await open(width)
    await page.getByLabel('Field or rule').fill('notes:audit')
    expect(await page.locator('tr[data-field]:visible').count()).toBe(1)
    await page.locator('summary').click()
    await page.getByRole('checkbox', { name: 'anonymous' }).uncheck()
    expect(await page.locator('[data-caller="anonymous"]:visible').count()).toBe(0)
    await page.close()
  })
})
