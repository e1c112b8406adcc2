/**
 * A person lists the apps of third parties that they have connected, and ends one; an app itself never does. The flow
 * that connects an app is in `third-parties/`.
 */
import { useApp } from '@fieldnotes/table/connected-apps'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import { describe, expect, it } from 'vitest'
import { accountManagement } from '../support/account-management.ts'
import { seconds } from '../support/next-second.ts'
import { everything, newAccount } from './connected-apps.ts'
import { codeOf } from './instances.ts'
import { accepted, closed, outcomes, refused, startRevoking } from './revoking.ts'

const { warmInstances, world } = startRevoking()

const list = '{ me { apps { nodes { id clientId name scopes since lastUsedAt } } } }'
const revoke =
  'mutation ($clientId: String!) { revokeApp(input: { clientId: $clientId }) { revokedClientId refusedFrom } }'
const node = 'query ($id: ID!) { node(id: $id) { __typename id ... on ConnectedApp { clientId name } } }'

function rfc3339(at: number): string {
  return new Date(at * 1000).toISOString()
}

describe('me.apps', () => {
  it('has the apps of the caller alone, the one that was used last first', async () => {
    const [person, other] = [await newAccount(world()), await newAccount(world())]
    const { ask } = await world().newInstance()
    const at = seconds() - 1000
    await person.connect('assistant', { scopes: ['notes:read'] }, at)
    await person.connect('skill', { name: 'Skill' }, at)
    await person.connect('expired', { expiresAt: at + 10 }, at)
    await other.connect('other')
    await useApp(world().access, { personId: person.id, clientId: 'assistant' }, (at + 60) * 1000)
    const { nodes } = (await ask(person.own, list)).body.data.me.apps
    expect(nodes).toMatchObject([
      {
        clientId: 'assistant',
        name: 'Assistant',
        scopes: ['notes:read'],
        since: rfc3339(at),
        lastUsedAt: rfc3339(at + 60),
      },
      { clientId: 'skill', name: 'Skill', scopes: everything.split(' ').sort(), lastUsedAt: rfc3339(at) },
    ])
    const [{ id }] = nodes
    expect((await ask(person.own, node, { id })).body.data.node).toEqual({
      ...{ __typename: 'ConnectedApp', id },
      ...{ clientId: 'assistant', name: 'Assistant' },
    })
    expect(codeOf(await ask(other.own, node, { id }))).toBe('NOT_FOUND')
  })

  it('is paged by cursors of this caller and list', async () => {
    const person = await newAccount(world())
    const { ask } = await world().newInstance()
    for (const [index, clientId] of ['a', 'b', 'c'].entries()) await person.connect(clientId, {}, seconds() - index)
    const page = async (args: string) => {
      const query = `{ me { apps(${args}) { edges { cursor node { clientId } } pageInfo { hasNextPage endCursor } } } }`
      return (await ask(person.own, query)).body
    }
    const first = (await page('first: 2')).data.me.apps
    const rest = (await page(`first: 2, after: "${first.pageInfo.endCursor}"`)).data.me.apps
    expect([first, rest].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false])
    const edges = [...first.edges, ...rest.edges]
    expect(edges.map((edge: { node: { clientId: string } }) => edge.node.clientId)).toEqual(['a', 'b', 'c'])
    const sessions = `{ me { sessions(after: "${first.pageInfo.endCursor}") { nodes { id } } } }`
    expect(codeOf(await ask(person.own, sessions))).toBe('BAD_USER_INPUT')
    expect(codeOf(await ask(person.own, '{ me { apps(first: 101) { nodes { id } } } }'))).toBe('BAD_USER_INPUT')
  })

  it('has no app after a sign-out everywhere', async () => {
    const person = await newAccount(world())
    const { ask, send } = await world().newInstance()
    await person.connect('assistant')
    const signOut = 'mutation { signOut(input: { everywhere: true }) { everywhere } }'
    expect(await send(person.own, signOut)).toBe(accepted)
    expect((await ask(person.own, list)).body.data.me.apps.nodes).toEqual([])
  })

  it('is 503 while the table can not be read, and a note is read all the same', async () => {
    const { own } = await newAccount(world())
    const { line, send, call } = await world().newInstance()
    await call(own)
    line.set('cut')
    expect(await send(own, list)).toBe('200 UNAVAILABLE')
    expect(await call(own)).toBe(accepted)
    expect(await send(own, revoke, { clientId: 'assistant' })).toBe(closed)
  })
})

describe('revokeApp', () => {
  it('ends all tokens of the app at every warm instance and door within seconds, and nothing else', async () => {
    const [person, other] = [await newAccount(world()), await newAccount(world())]
    const [first, second] = [await person.connect('assistant'), await person.connect('assistant')]
    const [skill, foreign] = [await person.connect('skill'), await other.connect('assistant')]
    const ended = [first.opaque, first.jwt, second.opaque, second.jwt]
    const twins = [skill.opaque, skill.jwt, foreign.opaque, foreign.jwt, person.own]
    const instances = await warmInstances(...ended, ...twins)
    const [{ ask, verdict }] = instances
    expect(await verdict(first.jwt)).toBe('ok')
    const { body } = await ask(person.own, revoke, { clientId: 'assistant' })
    expect(body.data.revokeApp).toEqual({ revokedClientId: 'assistant', refusedFrom: expect.any(String) })
    const wait = Date.parse(body.data.revokeApp.refusedFrom) / 1000 - seconds()
    expect([wait > 8, wait <= 10]).toEqual([true, true])
    for (const instance of instances) instance.wait(5)
    for (const token of ended) expect(await outcomes(instances, token)).toEqual([refused, refused])
    for (const token of twins) expect(await outcomes(instances, token)).toEqual([accepted, accepted])
    expect(await verdict(first.jwt)).toBe('refused revoked')
    const clients = (await ask(person.own, list)).body.data.me.apps.nodes
    expect(clients.map(({ clientId }: { clientId: string }) => clientId)).toEqual(['skill'])
    const grant = { personId: person.id, issuer: 'fieldnotes', authTime: seconds() }
    const isEnded = (loginId: string, clientId: string) => hasEnded(world().access, { ...grant, loginId, clientId })
    expect([await isEnded(second.loginId, 'assistant'), await isEnded(skill.loginId, 'skill')]).toEqual([true, false])
  })

  it('lets the person connect the app again, with the same sign-in', async () => {
    const person = await newAccount(world())
    const before = await person.connect('assistant')
    const { ask, call, wait } = await world().newInstance()
    await ask(person.own, revoke, { clientId: 'assistant' })
    const after = await person.connect('assistant')
    wait(5)
    expect([await call(before.opaque), await call(after.opaque)]).toEqual([refused, accepted])
  })

  it("answers alike, byte for byte, for another person's app, an ended one and none", async () => {
    const [person, other] = [await newAccount(world()), await newAccount(world())]
    const [, theirs] = [await person.connect('ended'), await other.connect('theirs')]
    const { ask, call } = await world().newInstance()
    await ask(person.own, revoke, { clientId: 'ended' })
    const texts = await Promise.all(
      ['ended', 'theirs', 'none'].map(async (clientId) => (await ask(person.own, revoke, { clientId })).text),
    )
    expect([texts[0]?.includes('NOT_FOUND'), new Set(texts).size]).toEqual([true, 1])
    expect(await call(theirs.opaque)).toBe(accepted)
  })

  it.each(['', 'A', 'a b', '-a', 'é', 'a'.repeat(65), 'constructor#', '\u0000'])(
    'is BAD_USER_INPUT for %j',
    async (clientId) => {
      const { ask } = await world().newInstance()
      const answer = await ask((await newAccount(world())).own, revoke, { clientId })
      expect([codeOf(answer), answer.body.errors[0].extensions.argument]).toEqual(['BAD_USER_INPUT', 'input.clientId'])
      if (clientId.length > 3) expect(answer.text).not.toContain(clientId)
    },
  )

  it('of ten at the same time is one, and ends the app', async () => {
    const person = await newAccount(world())
    await person.connect('assistant')
    const instances = await warmInstances(person.own)
    const all = Array.from({ length: 10 }, (_, index) =>
      (instances[index % 2] ?? instances[0]).send(person.own, revoke, { clientId: 'assistant' }),
    )
    const found = (await Promise.all(all)).sort()
    expect(found).toEqual([accepted, ...Array.from({ length: 9 }, () => '200 NOT_FOUND')])
  })
})

describe('an app of a third party with all scopes', () => {
  it.each(accountManagement)('never manages the account: %s', async (_what, query, field) => {
    const person = await newAccount(world())
    const [app] = [await person.connect('assistant'), await person.connect('skill')]
    const { ask, call } = await world().newInstance()
    for (const token of [app.opaque, app.jwt]) {
      const { body } = await ask(token, query)
      const [error] = body.errors
      expect([error.extensions.code, error.path.at(-1), error.extensions.remedy]).toEqual([
        'FORBIDDEN',
        field,
        undefined,
      ])
    }
    expect(await call(person.own)).toBe(accepted)
    const clients = (await ask(person.own, list)).body.data.me.apps.nodes
    expect(clients).toHaveLength(2)
  })

  it('does not learn whether an app is connected, and reads the notes of its person', async () => {
    const person = await newAccount(world())
    const [app] = [await person.connect('assistant'), await person.connect('skill')]
    const { ask, send } = await world().newInstance()
    const [{ id }] = (await ask(person.own, list)).body.data.me.apps.nodes
    const other = Buffer.from('ConnectedApp:other').toString('base64url')
    const { errors, data } = (await ask(app.opaque, node, { id: other })).body
    const absent = { errors, data }
    for (const token of [app.opaque, app.jwt]) {
      const found = (await ask(token, node, { id })).body
      expect({ errors: found.errors, data: found.data }).toEqual(absent)
      const nodes = await ask(token, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [id, other] })
      expect(nodes.body.data.nodes).toEqual([null, null])
    }
    expect(codeOf(await ask(app.opaque, node, { id }))).toBe('NOT_FOUND')
    expect((await ask(person.own, node, { id })).body.data.node.id).toBe(id)
    expect(await send(app.opaque, '{ notes { nodes { title } } }')).toBe(accepted)
  })
})
