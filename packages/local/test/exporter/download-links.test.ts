/** URLs of the laptop's bucket: each change is refused, and so is the URL itself after its time. */
import { describe, expect, it } from 'vitest'
import { createDownloadLinks } from '../../src/exporter/download-links.ts'

const key = 'exports/person/export/archive-a'

function signed() {
  const clock = { now: 1_800_000_000_000 }
  const links = createDownloadLinks('http://127.0.0.1:4000', 'secret', () => clock.now)
  return { clock, links, url: new URL(links.sign(key, { seconds: 60, fileName: 'x.zip' })) }
}

describe('the URL of a download', () => {
  it('opens its object for 60 seconds', () => {
    const { clock, links, url } = signed()
    expect(links.open(url)).toEqual({ key, fileName: 'x.zip' })
    clock.now += 59_999
    expect(links.open(url)).toEqual({ key, fileName: 'x.zip' })
    clock.now += 1
    expect(links.open(url)).toBeUndefined()
  })

  it.each(['expires', 'name', 'signature'])('is refused with another or no %s', (name) => {
    const { links, url } = signed()
    const other = new URL(url)
    other.searchParams.set(name, `${url.searchParams.get(name)}0`)
    const without = new URL(url)
    without.searchParams.delete(name)
    expect([links.open(other), links.open(without), links.open(url)?.key]).toEqual([undefined, undefined, key])
  })

  it('is refused for another object, and with another secret', () => {
    const { links, url } = signed()
    const other = new URL(url.href.replace('archive-a', 'archive-b'))
    const elsewhere = createDownloadLinks('http://127.0.0.1:4000', 'other', () => 1_800_000_000_000)
    expect([links.open(other), elsewhere.open(url), links.open(url)?.key]).toEqual([undefined, undefined, key])
  })
})
