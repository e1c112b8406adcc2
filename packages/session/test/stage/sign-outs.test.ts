/**
 * How issuers of a stage are informed: Cognito against a fake on the other side of the wire, Firebase by its
 * library.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCognitoSignOuts } from '../../src/stage/cognito-sign-outs.ts'
import { createFirebaseSignOuts } from '../../src/stage/firebase-sign-outs.ts'
import { answering, credentials, Refusal, serve } from '../kit/fake-aws.ts'

/** Names of people by their `sub`. That of a federated person is not the `sub`. */
const people: Readonly<Record<string, string>> = { 'sub-alice': 'sub-alice', 'sub-bob': 'google_1234' }
const calls: unknown[] = []
let failing: string | undefined

const { server, endpoint } = await serve(
  answering({
    ListUsers: ({ UserPoolId, Filter, Limit }) => {
      calls.push(['ListUsers', UserPoolId, Filter, Limit])
      if (failing === 'ListUsers') throw new Refusal('InternalErrorException')
      const Username = people[/^sub = "([\w-]+)"$/.exec(String(Filter))?.[1] ?? '']
      return { Users: Username ? [{ Username }] : [] }
    },
    AdminUserGlobalSignOut: ({ UserPoolId, Username }) => {
      calls.push(['AdminUserGlobalSignOut', UserPoolId, Username])
      if (failing) throw new Refusal(failing)
      return {}
    },
  }),
)

beforeAll(() => {
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value)
})
beforeEach(() => {
  calls.length = 0
  failing = undefined
})
afterAll(() => void server.close())

const endSignIns = createCognitoSignOuts({ region: 'eu-west-1', endpoint, userPoolId: 'eu-west-1_Pool' })

describe('createCognitoSignOuts', () => {
  it.each(Object.entries(people))('signs %s out by the name that the pool has: %s', async (sub, name) => {
    await endSignIns(sub)
    expect(calls).toEqual([
      ['ListUsers', 'eu-west-1_Pool', `sub = "${sub}"`, 1],
      ['AdminUserGlobalSignOut', 'eu-west-1_Pool', name],
    ])
  })

  it('has nothing to do for a person that the pool does not know, before or between its calls', async () => {
    await endSignIns('sub-nobody')
    failing = 'UserNotFoundException'
    await endSignIns('sub-alice')
    expect(calls.map((call) => (call as string[])[0])).toEqual(['ListUsers', 'ListUsers', 'AdminUserGlobalSignOut'])
  })

  it.each(['" or sub = "sub-alice', '', 'a'.repeat(65), 'sub alice'])(
    'sends no text that is no `sub`: %j',
    async (text) => {
      await endSignIns(text)
      expect(calls).toEqual([])
    },
  )

  it.each(['NotAuthorizedException', 'ListUsers'])('rejects where the pool was not informed: %s', async (name) => {
    failing = name
    await expect(endSignIns('sub-alice')).rejects.toThrow()
  })
})

describe('createFirebaseSignOuts', () => {
  const account = { projectId: 'fieldnotes-1234', clientEmail: 'a@example.com', privateKey: '' }

  function withAnswer(answer: () => Promise<void>) {
    const revoked: string[] = []
    const open = async () => ({
      revokeRefreshTokens: (uid: string) => {
        revoked.push(uid)
        return answer()
      },
    })
    return { revoked, end: createFirebaseSignOuts(account, open) }
  }

  it('revokes the refresh tokens of a person', async () => {
    const { revoked, end } = withAnswer(async () => undefined)
    await end('uid-of-alice')
    expect(revoked).toEqual(['uid-of-alice'])
  })

  it.each(['auth/user-not-found', 'auth/invalid-uid'])('has nothing to do after %s', async (code) => {
    await withAnswer(() => Promise.reject(Object.assign(new Error(code), { code }))).end('uid')
  })

  it.each(['auth/internal-error', undefined])('rejects after %s: the project was not informed', async (code) => {
    const { end } = withAnswer(() => Promise.reject(Object.assign(new Error('no'), { code })))
    await expect(end('uid')).rejects.toThrow('no')
  })
})
