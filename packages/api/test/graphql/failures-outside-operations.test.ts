import { describe, expect, it } from 'vitest'
import { callOn, createServer, type Plugins } from '../support/apollo-server.ts'

/** A failure of a plugin in a step that passes no hook for errors. */
function broken(hook: object): Plugins {
  return [{ requestDidStart: async () => hook }]
}

function bug(): Promise<never> {
  return Promise.reject(new Error('hunter2'))
}

/** Adds a member to the result of an operation. */
function adding(extra: object): Plugins {
  return broken({
    willSendResponse: async ({ response: { body } }: { response: { body: { singleResult: object } } }) => {
      Object.assign(body.singleResult, { extensions: extra })
    },
  })
}

const unserializable = {
  toJSON() {
    throw new TypeError('hunter2')
  },
}
const tooLong = {
  toJSON: () => 'x'.repeat(2 ** 30),
}

describe('a failure outside an operation', () => {
  it.each([
    ['a plugin at the start', [{ requestDidStart: bug }]],
    ['a plugin at the source', broken({ didResolveSource: bug })],
    ['a plugin at the errors', broken({ didEncounterErrors: bug })],
    ['a plugin at the response', broken({ willSendResponse: bug })],
  ])('is logged with its cause and thrown for the handler: %s', async (_name, plugins) => {
    const { server, lines } = createServer(plugins as Plugins)
    await server.start()
    await expect(callOn(server, { query: '{ forbidden }' })).rejects.toMatchObject({ code: 'INTERNAL' })
    const logged = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'unexpected')
    expect(logged).toMatchObject([{ level: 'error', requestId: 'r1', cause: expect.stringContaining('hunter2') }])
  })

  it.each([
    ['a result that is not JSON', { unserializable }, { code: 'INTERNAL', cause: new TypeError('hunter2') }],
    ['a result that is too long', { tooLong }, { code: 'LIMIT_EXCEEDED', extensions: { status: 400 } }],
  ])('is thrown for the handler: %s', async (_name, extra, expected) => {
    const { server } = createServer(adding(extra))
    await server.start()
    await expect(callOn(server, { query: '{ fine }' })).rejects.toMatchObject(expected)
  })

  it('leaves alone a plugin that works', async () => {
    const { server } = createServer(adding({ extra: 1 }))
    await server.start()
    expect((await callOn(server, { query: '{ fine }' })).body).toEqual({
      data: { fine: 'fine' },
      extensions: { extra: 1 },
    })
  })
})
