import { describe, expect, it } from 'vitest'
import { callOn, createServer, json } from '../support/apollo-server.ts'

/**
 * Two independent layers refuse a form of another site. `request-body.ts` takes no type that needs no preflight, and
 * `request-body.test.ts` tests it. This is the second one, Apollo's `csrfPrevention`, on a body that is parsed
 * already.
 */
describe('csrfPrevention', () => {
  const form = 'application/x-www-form-urlencoded'
  it.each([form, 'multipart/form-data; boundary=x', 'text/plain', 'text/plain; charset=utf-8'])(
    'refuses a POST that a form of another site could send: %s',
    async (type) => {
      const { server } = createServer()
      await server.start()
      const { status, body } = await callOn(server, { query: 'mutation { keep }' }, json, { 'content-type': type })
      expect([status, body.data, body.errors[0].extensions.code]).toEqual([400, undefined, 'BAD_USER_INPUT'])
    },
  )

  it.each([
    { 'content-type': json },
    { 'content-type': form, 'apollo-require-preflight': '1' },
    { 'content-type': form, 'x-apollo-operation-name': 'A' },
  ])('lets pass what a form can not send: %j', async (headers) => {
    const { server } = createServer()
    await server.start()
    const { body } = await callOn(server, { query: 'mutation { keep }' }, json, headers)
    expect(body).toEqual({ data: { keep: 'written' } })
  })
})
