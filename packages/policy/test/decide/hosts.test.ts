/** The recipe of each server: examples/, as programs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExampleServer, startExample } from '../kit/example-server.ts'
import { callerRequests, sendTo, wholeRequests } from '../kit/host-requests.ts'

const files = ['graphql-js.ts', 'apollo.ts', 'yoga.ts', 'mercurius.ts', 'graphql-http.ts']

describe.each(files)('the server of examples/%s', (file) => {
  let server: ExampleServer
  beforeAll(async () => {
    server = await startExample(file)
  })
  afterAll(() => server?.[Symbol.asyncDispose]())

  it.each(callerRequests)('returns the fields and codes of $what', async (request) => {
    expect(await sendTo(server.origin, request)).toEqual(request.expected)
  })

  it.each(wholeRequests)('returns status, code and message for $what, each time', async (request) => {
    for (const _ of [1, 2]) expect(await sendTo(server.origin, request)).toEqual(request.expected)
    expect(server.errorOutput()).toBe('')
  })
})
