/**
 * A person links the two apps of the laptop through the issuer: they read and write notes with their opaque tokens,
 * manage nothing, and one of them is ended by the person.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { accountManagement } from '../support/account-management.ts'
import { ask, type GraphQLResponse } from '../support/graphql-client.ts'
import type { LinkedTokens } from '../support/linked-app.ts'
import { linkedApps } from '../support/linked-apps.ts'
import { ephemeralIssuer, outcome } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { add, app } = linkedApps(issuer)

/** Every scope that an app of a third party can get. */
const scope = 'notes:read notes:share notes:trash notes:write'

let own: string
let assistant: LinkedTokens
let skill: LinkedTokens
beforeAll(async () => {
  await add()
  own = await issuer().subject('cognito')
  assistant = await app('assistant').linked({ scope })
  skill = await app('skill').linked({ scope: 'notes:read' })
})

function send(token: string, query: string, variables?: object): Promise<GraphQLResponse> {
  return ask(cloud.url, { token, query, ...(variables && { variables }) })
}

const list = '{ me { apps { nodes { clientId name scopes since lastUsedAt } } } }'

async function listed() {
  const { data } = await send(own, list)
  return data.me.apps.nodes as readonly { readonly clientId: string }[]
}

describe('two linked apps', () => {
  it('are listed with their names and scopes, the one that was linked last first', async () => {
    const instants = { since: expect.any(String), lastUsedAt: expect.any(String) }
    const nodes = await listed()
    expect(nodes.toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1))).toEqual([
      { clientId: 'assistant', name: expect.any(String), scopes: scope.split(' '), ...instants },
      { clientId: 'skill', name: expect.any(String), scopes: ['notes:read'], ...instants },
    ])
  })

  it('act for the same person, within their scopes', async () => {
    const ids = await Promise.all(
      [own, assistant.access_token, skill.access_token].map(async (token) => (await send(token, '{ me { id } }')).data),
    )
    expect(new Set(ids.map(({ me }) => me.id)).size).toBe(1)
    const create = 'mutation { createNote(input: { title: "by an app" }) { note { id title } } }'
    const { data } = await send(assistant.access_token, create)
    const { id } = data.createNote.note
    expect((await send(own, 'query ($id: ID!) { note(id: $id) { title } }', { id })).data.note.title).toBe('by an app')
    expect((await send(skill.access_token, create)).codes).toEqual({ createNote: 'FORBIDDEN' })
    const trash = 'mutation ($id: ID!) { trashNote(input: { id: $id }) { note { id } } }'
    const remove = 'mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }'
    expect((await send(assistant.access_token, remove, { id })).codes).toEqual({ deleteNote: 'FORBIDDEN' })
    expect((await send(assistant.access_token, trash, { id })).codes).toEqual({})
    expect((await send(own, remove, { id })).codes).toEqual({})
  })

  it.each(accountManagement.map(([, query, field]) => [field, query] as const))(
    'manage no account, not even with every scope: %s',
    async (field, query) => {
      const { status, codes } = await send(assistant.access_token, query)
      expect([status, Object.values(codes), Object.keys(codes)[0]?.endsWith(field)]).toEqual([200, ['FORBIDDEN'], true])
      expect(await listed()).toHaveLength(2)
    },
  )

  it('take no token from a query string, and none of the other app', async () => {
    const inQuery = await fetch(`${cloud.url}/graphql?access_token=${assistant.access_token}&query={me{id}}`)
    expect((await inQuery.json()).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect(outcome(await app('skill').refresh(assistant.refresh_token))).toEqual([400, 'invalid_grant'])
    expect(outcome(await app('skill').refresh(skill.refresh_token))).toEqual([200, undefined])
  })
})

describe('an app that its person ends', () => {
  it('is refused at the endpoint within 10 seconds and at each refresh at once; the other app lives on', async () => {
    expect((await send(assistant.access_token, '{ me { id } }')).status).toBe(200)
    const { data } = await send(own, 'mutation { revokeApp(input: { clientId: "assistant" }) { refusedFrom } }')
    expect(outcome(await app('assistant').refresh(assistant.refresh_token))).toEqual([400, 'invalid_grant'])
    const refusedFrom = Date.parse(data.revokeApp.refusedFrom)
    let status = 200
    while (status === 200 && Date.now() < refusedFrom)
      ({ status } = await send(assistant.access_token, '{ me { id } }'))
    expect(status).toBe(401)
    expect((await listed()).map(({ clientId }) => clientId)).toEqual(['skill'])
    expect((await send(skill.access_token, '{ me { id } }')).codes).toEqual({})
    expect(outcome(await app('skill').refresh(skill.refresh_token))).toEqual([200, undefined])
    expect((await send(own, '{ me { id } }')).codes).toEqual({})
  })

  it('is linked again by the same sign-in, with new tokens and the scopes of the new consent alone', async () => {
    const again = await app('assistant').linked({ scope: 'notes:read' })
    expect((await send(again.access_token, '{ me { id } }')).codes).toEqual({})
    expect(await listed()).toContainEqual(expect.objectContaining({ clientId: 'assistant', scopes: ['notes:read'] }))
    expect((await send(assistant.access_token, '{ me { id } }')).status).toBe(401)
  })

  it('is no longer listed when it ends its own grant', async () => {
    expect((await app('skill').revoke(skill.refresh_token)).status).toBe(200)
    expect((await listed()).map(({ clientId }) => clientId)).toEqual(['assistant'])
  })
})
