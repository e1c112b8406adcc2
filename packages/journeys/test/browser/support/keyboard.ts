/** A person who uses the keyboard alone: moves the focus by Tab, types, and presses Enter. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Elements of a page that Tab passes, at most. */
const stepsMax = 30

/** What has the focus: its label or its text, and whether the page shows that it has the focus. */
async function focused(page: Page): Promise<{ readonly name: string; readonly isSeen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null
    if (!element || element.tagName === 'BODY') return { name: '', isSeen: false }
    const name = (element.labels?.[0] ?? element).textContent?.trim() ?? ''
    return { name, isSeen: getComputedStyle(element).outlineStyle !== 'none' }
  })
}

/** Moves the focus to the field, link or button whose name begins with `name`. The page has to show it. */
async function focusOn(page: Page, name: string): Promise<void> {
  for (let step = 0; step < stepsMax; step++) {
    const found = await focused(page)
    if (found.name.startsWith(name)) return expect(found).toMatchObject({ isSeen: true })
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

/** Follows a link or presses a button. */
export async function press(page: Page, name: string): Promise<void> {
  await focusOn(page, name)
  await page.keyboard.press('Enter')
}

/** Types into fields, in their order on the page, and sends the form. A text that is already there is replaced. */
export async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await focusOn(page, label)
    await page.keyboard.press('Control+A')
    await page.keyboard.type(value)
  }
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}
