/** The handler called with events of API Gateway (HTTP API, payload format 2.0), without HTTP. */
import { readFileSync } from 'node:fs'
import type { Handler } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import { type Cloud, startCloud } from '@fieldnotes/local/cloud'
import type { Context } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { executor } from './support/executor.ts'
import { createFolder, deleteFolder, tokenOf } from './support/local-cloud.ts'

const folder = createFolder()
const lines: string[] = []

let cloud: Cloud
let handler: Handler
let token: string

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const log = (...line: unknown[]) => void lines.push(JSON.stringify(line))
  cloud = await startCloud({
    port: 0,
    folder,
    ephemeral: true,
    endpoint: undefined,
    executor,
    region: 'eu-west-1',
    log,
    createHandler: (config) => {
      handler = createHandler(config, { loopbackIssuers: 'trust', environment: {}, log })
      return handler
    },
  })
  token = await tokenOf({ folder }, '--issuer', 'cognito', '--as', 'alice')
})

afterAll(async () => {
  await cloud.stop()
  deleteFolder(folder)
})

async function invoke(name: string) {
  const text = readFileSync(new URL(`events/${name}.json`, import.meta.url), 'utf8').replaceAll('TOKEN', token)
  const { statusCode, headers, body, isBase64Encoded = false } = await handler(JSON.parse(text), {} as Context)
  expect(isBase64Encoded).toBe(false)
  return { statusCode, headers, body: JSON.parse(body ?? '') }
}

describe('handler', () => {
  it.each(['plain', 'base64', 'cookies', 'named-stage', 'default-route', 'repeated-headers', 'upper-case-headers'])(
    'answers the event %s to alice',
    async (name) => {
      const { statusCode, headers, body } = await invoke(name)
      expect([statusCode, body.data, body.errors]).toEqual([200, { me: { name: 'Alice' } }, undefined])
      expect(headers).toMatchObject({
        'content-type': expect.stringMatching(/^application\/json/),
        'cache-control': 'no-store',
      })
    },
  )

  it('answers its health', async () => {
    expect((await invoke('health')).statusCode).toBe(200)
  })

  it('refuses two tokens at once', async () => {
    const { statusCode, headers } = await invoke('two-tokens')
    expect(statusCode).toBe(401)
    expect(headers).toHaveProperty('www-authenticate')
  })

  it('believes neither an authorizer nor a header that says who calls', async () => {
    const { statusCode, body } = await invoke('forged-authorizer')
    expect([statusCode, body.data]).toEqual([200, { me: null }])
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })

  it.each(['no-body', 'broken-base64'])('refuses the event %s', async (name) => {
    const { statusCode, body } = await invoke(name)
    expect(statusCode).toBe(400)
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT')
  })

  it('answers two thousand interleaved events of two people each to its own', async () => {
    const bob = await tokenOf({ folder }, '--issuer', 'firebase', '--as', 'bob')
    const plain = readFileSync(new URL('events/plain.json', import.meta.url), 'utf8')
    const events = [token, bob].map((each) => plain.replaceAll('TOKEN', each))
    const nameOf = async (text: string) =>
      JSON.parse((await handler(JSON.parse(text), {} as Context)).body ?? '').data?.me.name
    for (let wave = 0; wave < 20; wave++) {
      const names = await Promise.all(Array.from({ length: 100 }, (_, index) => nameOf(events[index % 2] ?? '')))
      expect(names).toEqual(Array.from({ length: 100 }, (_, index) => ['Alice', 'Bob'][index % 2]))
    }
  })

  it('logs no token', () => {
    expect(lines.length).toBeGreaterThan(1_000)
    expect(lines.join('\n')).not.toContain(token.split('.')[2])
  })
})
