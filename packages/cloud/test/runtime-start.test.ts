import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, event, links, type World } from './world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})

afterAll(() => world.stop())

describe('function that must not start', () => {
  const account = { project_id: 'fieldnotes-1234', client_email: 'a@example.com', private_key: 'garbage' }
  const wrong: readonly [what: string, contents: Parameters<World['open']>[1], words: RegExp][] = [
    ['without links', { links: {} }, /Notes\.resource is missing[\s\S]*CursorSecrets\.value is missing/],
    ['with a short secret', { links: { ...links, CursorSecrets: { value: 'short' } } }, /shorter than 32 bytes/],
    [
      'with a service account whose key is none',
      {
        links: {
          ...links,
          Notes: { ...links.Notes, firebaseProject: account.project_id },
          FirebaseServiceAccount: { value: JSON.stringify(account) },
        },
      },
      /FirebaseServiceAccount has a private_key that is no RSA key(?![\s\S]*garbage)/,
    ],
    ['with no client', { links: { ...links, Notes: { ...links.Notes, clientIds: [] } } }, /clientIds is not a list/],
    [
      'with a table elsewhere',
      { environment: { DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' } },
      /DYNAMODB_ENDPOINT is set/,
    ],
    ['with an emulator', { environment: { FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' } }, /emulator/],
    [
      'with an emulator and a short secret',
      {
        links: { ...links, CursorSecrets: { value: 'short' } },
        environment: { FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' },
      },
      /shorter than 32 bytes[\s\S]*emulator/,
    ],
    ['without certificates checked', { environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }, /certificate checks off/],
    ['as a development build', { environment: { NODE_ENV: 'development' } }, /NODE_ENV is not production/],
  ]

  it.each(wrong)('%s says what is wrong, all of it, and answers nothing', async (what, contents, words) => {
    const broken = await world.open(what.replaceAll(' ', '-'), contents)
    expect(await broken.invoke(event('/health'))).toEqual({
      errorType: 'Runtime.InitError',
      errorMessage: expect.stringMatching(words),
    })
  })
})
