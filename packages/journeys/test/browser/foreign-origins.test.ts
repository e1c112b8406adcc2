/** Chromium and the running cloud: what a page of a foreign origin can not do, beside a page of the cloud itself. */
import type { Frame, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { strangersHost } from '../support/browser.ts'
import { create, fetchIn, opaque, type PageResponse, refused, usePages } from './support/page-requests.ts'

const { cloud, open, openAt, post, bearer } = usePages()

/** A `no-cors` request: it is sent, but the page can't read the response. */
function blind(page: Page | Frame) {
  return fetchIn(page, { url: `${cloud().url}/graphql?query={__typename}`, mode: 'no-cors' })
}

async function notesOf(): Promise<number> {
  const { url, ...init } = post('{ notes { nodes { id } } }', bearer())
  return (await (await fetch(url, init)).json()).data.notes.nodes.length
}

describe('a page of a stranger', () => {
  const attempts = async (page: Page | Frame) => [
    await fetchIn(page, post('{ me { name } }', bearer())),
    await fetchIn(page, post(create, bearer())),
    await fetchIn(page, { url: `${cloud().url}/graphql?query={__typename}` }),
    await fetchIn(page, { url: `${cloud().url}/tokens/cognito/alice` }),
  ]

  it('that only begins with the name of this machine reads and writes nothing', async () => {
    const before = await notesOf()
    const page = await openAt(strangersHost)
    expect(await blind(page)).toEqual(opaque)
    expect(await attempts(page)).toEqual([refused, refused, refused, refused])
    expect(await notesOf()).toBe(before)
  })

  it('in a sandbox, whose origin is null, reads and writes nothing', async () => {
    const before = await notesOf()
    const page = await openAt('localhost')
    await page.setContent('<iframe sandbox="allow-scripts" srcdoc="<p>x"></iframe>')
    const frame = page.frames()[1]
    expect(frame && (await frame.evaluate(() => globalThis.origin))).toBe('null')
    expect(frame && (await blind(frame))).toEqual(opaque)
    expect(frame && (await attempts(frame))).toEqual([refused, refused, refused, refused])
    expect(await notesOf()).toBe(before)
  })
})

describe('a page of the cloud’s own origin', () => {
  it('reads a token, and sends a request with it', async () => {
    const page = await open(`${cloud().url}/`)
    const { status, text } = (await fetchIn(page, { url: `${cloud().url}/tokens/cognito/alice` })) as PageResponse
    expect(status).toBe(200)
    const answer = (await fetchIn(page, post('{ me { name } }', bearer(text)))) as PageResponse
    expect(JSON.parse(answer.text).data).toEqual({ me: { name: 'Alice' } })
  })
})
