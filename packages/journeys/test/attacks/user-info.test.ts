/** Userinfo of our own issuer: each attack beside the legitimate request. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createKeyHolder } from '../support/key-holder.ts'
import { linkedApps } from '../support/linked-apps.ts'
import { basic, ephemeralIssuer } from '../support/own-issuer.ts'

const { issuer } = ephemeralIssuer()
const { add, app, appOf } = linkedApps(issuer)

beforeAll(add)

function userInfo(authorization: string | undefined, method = 'GET'): Promise<Response> {
  const headers = authorization === undefined ? {} : { authorization }
  return fetch(`${issuer().issuer}/userinfo`, { method, headers })
}

describe('userinfo', () => {
  it.each(['GET', 'POST'])(
    'answers a %s with the person, and with the name where the token may read it',
    async (method) => {
      const { access_token } = await app('skill').linked()
      const response = await userInfo(`Bearer ${access_token}`, method)
      const { sub } = (await app('skill').introspect(access_token)).body
      expect([response.status, response.headers.get('cache-control'), await response.json()]).toEqual([
        ...[200, 'no-store', { sub, name: 'Alice' }],
      ])
      const writing = await app('skill').linked({ scope: 'notes:write' })
      expect(await (await userInfo(`Bearer ${writing.access_token}`, method)).json()).toEqual({ sub })
    },
  )

  it('answers an own client’s token with the person alone', async () => {
    const token = await issuer().subject('fieldnotes')
    expect(Object.keys(await (await userInfo(`Bearer ${token}`)).json())).toEqual(['sub'])
  })

  const refused: readonly (readonly [what: string, of: () => Promise<string> | string | undefined, status: number])[] =
    [
      ['no token', () => undefined, 401],
      ['an unknown token', () => `Bearer ${'x'.repeat(43)}`, 401],
      ['a secret', () => basic('skill', issuer().secretOf('skill')), 401],
      ['a token of the user pool', async () => `Bearer ${await issuer().subject('cognito')}`, 401],
      [
        'a program’s token',
        async () => `Bearer ${(await issuer().as('robot', { grant_type: 'client_credentials' })).body.access_token}`,
        403,
      ],
      ['a refresh token', async () => `Bearer ${(await app('skill').linked()).refresh_token}`, 401],
      ['two tokens', async () => `Bearer ${(await app('skill').linked()).access_token}, Bearer x`, 401],
    ]
  it.each(refused)('refuses %s with a challenge', async (_what, authorization, status) => {
    const response = await userInfo(await authorization())
    expect([response.status, response.headers.get('www-authenticate'), await response.json()]).toEqual([
      ...[status, expect.stringMatching(/^Bearer /), { error: expect.any(String) }],
    ])
  })

  it('refuses a token in the query', async () => {
    const { access_token } = await app('skill').linked()
    expect((await fetch(`${issuer().issuer}/userinfo?access_token=${access_token}`)).status).toBe(401)
  })
})

describe('userinfo with a bound token', () => {
  it.each(['GET', 'POST'])('answers a %s with a proof of its key, once, and no bearer', async (method) => {
    const holder = await createKeyHolder()
    const thief = await createKeyHolder()
    const { code } = await app('skill').newCode()
    const at = `${issuer().issuer}/token`
    const { redirectUri: redirect_uri } = appOf('skill')
    const grant = { grant_type: 'authorization_code', code, redirect_uri }
    const { body } = await issuer().as('skill', grant, { dpop: await holder.proof({ htu: at }) })
    const { access_token: token, token_type } = body
    expect(token_type).toBe('DPoP')
    const htu = `${issuer().issuer}/userinfo`
    const ask = async (dpop: string | undefined, scheme = 'DPoP') => {
      const headers = { authorization: `${scheme} ${token}`, ...(dpop !== undefined && { dpop }) }
      return (await fetch(htu, { method, headers })).status
    }
    const proof = await holder.proof({ htu, htm: method, token })
    const others = [
      undefined,
      await thief.proof({ htu, htm: method, token }),
      await holder.proof({ htu: issuer().targets.graphql, htm: method, token }),
      await holder.proof({ htu, htm: 'PUT', token }),
    ]
    for (const other of others) expect(await ask(other)).toBe(401)
    expect(await ask(proof, 'Bearer')).toBe(401)
    expect((await Promise.all([proof, proof, proof, proof].map((each) => ask(each)))).sort()).toEqual([
      ...[200, 401, 401, 401],
    ])
  })
})
