/** Only development stages explain decisions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Endpoint, startEndpoint } from './kit/endpoint.ts'
import { createWorld, furnish, type World } from './kit/world.ts'

let endpoint: Endpoint
let world: World
let shared: string
beforeAll(async () => {
  endpoint = await startEndpoint()
  world = await createWorld(endpoint)
  shared = (await furnish(world)).shared
})
afterAll(() => endpoint.stop())

const query = 'query ($id: ID!) { note(id: $id) { t: title sizeBytes owner { handle } shares { role } } }'
function ask(who: string) {
  return endpoint.ask(world.person(who).token, query, { id: shared })
}

describe('extensions.authorization', () => {
  it('is in no answer outside development, not even to staff', async () => {
    endpoint.rebuild({ development: false })
    for (const { token } of world.callers)
      for (const source of [query, '{ me { handle } }', '{ nope }', '{']) {
        const { body, text } = await endpoint.ask(token, source, { id: shared })
        expect(body.extensions).toBeUndefined()
        expect(text).not.toMatch(/owned by|shared with the caller|this is/)
        expect(text).not.toContain(world.person('alice').id)
      }
  })

  it('lists in development what decided each path and what was missing, at every repetition', async () => {
    endpoint.rebuild({ development: true })
    for (let time = 0; time < 6; time += 1)
      expect((await ask('bob')).body.extensions.authorization).toEqual([
        { path: 'note', field: 'Query.note', decision: 'allowed', by: 'scope notes:read' },
        { path: 'note.t', field: 'Note.title', decision: 'allowed', by: expect.stringContaining('shared as viewer') },
        {
          path: 'note.sizeBytes',
          field: 'Note.sizeBytes',
          decision: 'FORBIDDEN',
          by: 'group cognito:staff',
          missing: ['group cognito:staff'],
        },
        { path: 'note.owner', field: 'Note.owner', decision: 'allowed', by: expect.any(String) },
        {
          path: 'note.owner.handle',
          field: 'User.handle',
          decision: 'FORBIDDEN',
          by: 'oneself',
          missing: ['oneself'],
          found: [`this is ${world.person('alice').id}`],
        },
        {
          path: 'note.shares',
          field: 'Note.shares',
          decision: 'FORBIDDEN',
          by: 'mine',
          missing: ['mine'],
          found: [`owned by ${world.person('alice').id}`],
        },
      ])
  })

  it('changes nothing else of the answer', async () => {
    for (const { token } of world.callers) {
      endpoint.rebuild({ development: true })
      const { extensions: _, ...explained } = (await endpoint.ask(token, query, { id: shared })).body
      endpoint.rebuild({ development: false })
      expect((await endpoint.ask(token, query, { id: shared })).body).toEqual(explained)
    }
  })
})
