import { describe, expect, it } from 'vitest'
import { cors, developmentOrigins, isLoopbackOrigin } from '../src/cors.ts'

describe('isLoopbackOrigin', () => {
  it.each(['http://localhost', 'http://localhost:3000', 'http://127.0.0.1:1', 'http://127.0.0.1:65535'])(
    'is true of %s',
    (origin) => {
      expect(isLoopbackOrigin(origin)).toBe(true)
    },
  )

  it.each([
    'null',
    '',
    '*',
    'http://localhost.evil.com',
    'http://evil.com/http://localhost:3000',
    'http://localhost:3000.evil.com',
    'http://localhost:3000/',
    'http://localhost:',
    'http://localhost:3000, http://evil.com',
    'http://user@localhost:3000',
    'http://localhost:3000@evil.com',
    'http://LOCALHOST:3000',
    'http://127.0.0.1.evil.com',
    'http://127.0.0.2',
    'http://[::1]:3000',
    'https://localhost:3000',
    'http://localhost:3000\nhttp://evil.com',
  ])('is false of %j', (origin) => {
    expect(isLoopbackOrigin(origin)).toBe(false)
  })
})

describe('cors', () => {
  it('names every header once, in lower case', () => {
    for (const names of [cors.allowHeaders, cors.exposeHeaders]) {
      expect(new Set(names).size).toBe(names.length)
      for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/)
    }
  })

  it('lets no page read or send a cookie', () => {
    expect([...cors.allowHeaders, ...cors.exposeHeaders].join()).not.toMatch(/cookie|\*/)
  })

  it('has development origins on this machine alone', () => {
    expect(developmentOrigins.filter(isLoopbackOrigin)).toEqual(developmentOrigins)
  })
})
