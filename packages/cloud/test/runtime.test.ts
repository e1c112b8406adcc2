import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { ask, createWorld, event, responseOf, type World } from './world.ts'

let world: World
let sandbox: Sandbox

beforeAll(async () => {
  world = await createWorld()
  sandbox = await world.open('main')
}, 60_000)

afterAll(() => world.stop())

const create = `mutation ($title: String!) { createNote(input: { title: $title }) { note { id title owner { name } } } }`
const read = `query ($id: ID!) { note(id: $id) { id title content lastEditedWith } }`

const run = async (query: string, variables: object, token = '') => {
  const { statusCode, body } = responseOf(await sandbox.invoke(ask(query, variables, token)))
  return { statusCode, body, answer: JSON.parse(body) }
}

describe('function under Lambda’s runtime client', () => {
  it('answers cold, then warm in the same process', async () => {
    const first = responseOf(await sandbox.invoke(event('/health')))
    expect(first).toMatchObject({ statusCode: 200, headers: { 'x-request-id': expect.any(String) } })
    const second = responseOf(await sandbox.invoke(event('/health')))
    expect(second.body).toBe(first.body)
    expect(sandbox.coldStarts).toBe(1)
  })

  it('lets alice write and read, and tells bob that there is nothing', async () => {
    const [alice, bob] = await Promise.all([world.token('alice'), world.token('bob')])
    const created = await run(create, { title: 'Plan' }, alice)
    expect(created.answer.errors).toBeUndefined()
    const { id } = created.answer.data.createNote.note
    expect((await run(read, { id }, alice)).answer.data.note).toMatchObject({ id, title: 'Plan', lastEditedWith: null })
    const hidden = await run(read, { id }, bob)
    expect(hidden.answer.errors[0].extensions.code).toBe('NOT_FOUND')
  })
})
