/** A stage of listed operations executes the operations of its list, and no other. */
import { operations } from '@fieldnotes/api/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contextOf, type Fixture, startFixture, stored } from './fixture.ts'

let fixture: Fixture
let bearer: Record<string, string>
beforeAll(async () => {
  fixture = await startFixture()
  bearer = { authorization: `Bearer ${fixture.token('alice')}` }
})
afterAll(() => fixture.endpoint.stop())

describe('a stage of listed operations', () => {
  const address = (parameters: Record<string, string>) => ({
    requestContext: contextOf('GET'),
    rawQueryString: String(new URLSearchParams(parameters)),
  })
  const hashed = (sha256Hash: string) => JSON.stringify({ persistedQuery: { version: 1, sha256Hash } })
  const find = (name: string) => Object.entries(operations).find(([, text]) => text.includes(name)) ?? ['', '']
  const [meId, meText] = find('query Me ')
  const [createId] = find('mutation CreateNote(')

  beforeAll(() => fixture.endpoint.rebuild({ operations: 'listed' }))
  afterAll(() => fixture.endpoint.rebuild())

  it('answers by GET for a hash on the list, and for its text', async () => {
    for (const parameters of [{ extensions: hashed(meId) }, { query: meText }]) {
      const { status, body } = await fixture.endpoint.send({ ...address(parameters), headers: bearer })
      expect([status, body.data.me.name]).toEqual([200, 'Alice'])
    }
  })

  it('executes nothing else by GET, and writes nothing for the hash of a mutation', async () => {
    const variables = JSON.stringify({ input: { title: 'smuggled' } })
    const attacks: readonly (readonly [number, Record<string, string>])[] = [
      [403, { query: '{ me { id } }' }],
      [403, { extensions: hashed('0'.repeat(64)) }],
      [403, { extensions: hashed(meId), query: '{ me { id } }' }],
      [400, {}],
      [405, { extensions: hashed(createId), variables }],
      [405, { query: 'mutation { createNote(input: { title: "smuggled" }) { note { id } } }' }],
    ]
    for (const [status, parameters] of attacks) {
      const send = () => fixture.endpoint.send({ ...address(parameters), headers: bearer })
      const { answer, written } = await stored(fixture, send)
      expect([answer.status, answer.body.data ?? null, written]).toEqual([status, null, []])
      expect(answer.headers.allow).toBe(status === 405 ? 'POST' : undefined)
    }
  })
})
