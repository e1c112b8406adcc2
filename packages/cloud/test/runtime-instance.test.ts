import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../src/lambda/runtime-api.ts'
import { createWorld, event, responseOf, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.stop())

/** Bugs that we do not expect, injected in front of the deployed bundle. */
const bug = `import { handler as real } from './bundle.mjs'
const reject = () => { Promise.reject(new Error('unhandled')); return new Promise(() => {}) }
const bugs = { '/hang': () => new Promise(() => setInterval(() => {}, 1000)), '/reject': reject }
export const handler = (event, context) => (bugs[event.rawPath] ?? (() => real(event, context)))()`

describe('instance', () => {
  const afterwards = async (path: string): Promise<{ outcome: Outcome; next: number; coldStarts: number }> => {
    const buggy = await world.open(`bug${path.replace('/', '-')}`, { handler: 'bug.handler', timeoutSeconds: 1 })
    writeFileSync(join(buggy.folder, 'bug.mjs'), bug)
    const outcome = await buggy.invoke(event(path))
    const next = responseOf(await buggy.invoke(event('/health')))
    return { outcome, next: next.statusCode, coldStarts: buggy.coldStarts }
  }

  it.each([
    ['on-demand', { statusCode: 200 }],
    ['provisioned-concurrency', { errorMessage: expect.stringMatching(/aws-sdk/) }],
  ])(
    'started as %s loads DynamoDB’s client at its start only where no request waits for it',
    async (type, expected) => {
      const started = await world.open(type, { environment: { AWS_LAMBDA_INITIALIZATION_TYPE: type } })
      const client = readdirSync(started.folder).filter((file) => /^aws-sdk-.*\.mjs$/.test(file))
      for (const file of client) rmSync(join(started.folder, file))
      expect(client).not.toHaveLength(0)
      const outcome = await started.invoke(event('/health'))
      expect('errorType' in outcome ? outcome : responseOf(outcome)).toMatchObject(expected)
    },
  )

  it('that hangs is stopped, and the next request finds a new one', async () => {
    expect(await afterwards('/hang')).toEqual({
      outcome: { errorType: 'Sandbox.Timedout', errorMessage: expect.any(String) },
      next: 200,
      coldStarts: 2,
    })
  })

  it('that lets a rejection go ends, and the next request finds a new one', async () => {
    expect(await afterwards('/reject')).toEqual({
      outcome: { errorType: expect.stringMatching(/^Runtime\./), errorMessage: expect.any(String) },
      next: 200,
      coldStarts: 2,
    })
  })
})
