/** Which tokens the smoke check sends, of those that `FIELDNOTES_TOKEN` may hold. */
import { describe, expect, it } from 'vitest'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { type IssuerName, issuerNamed, mint } from '../../src/issuers/local-issuers.ts'
import type { Claims } from '../../src/issuers/token-claims.ts'
import { faultOfGiven, parseGivenToken } from '../../src/smoke/given-token.ts'
import { stageTarget, type Target } from '../../src/stage/target.ts'
import { shellOf, useCloud } from '../stage/running-cloud.ts'

const running = useCloud()
const now = Math.floor(Date.now() / 1000)
const audience = 'https://api.example.com'

/** A stage that has the issuer `fieldnotes` by its settings, with an audience and one client. */
function stageWith(row: object = {}): Target {
  const { folder, target } = running()
  const { issuer, jwksUri } = issuerNamed(runningIssuers(folder) ?? [], 'fieldnotes')
  const [base] = stageTarget('alice', {
    ...shellOf(target),
    SST_RESOURCE_Notes: JSON.stringify({
      issuers: JSON.stringify([
        {
          name: 'auth0',
          issuer: 'https://login.example.com/',
          jwksUri: 'https://login.example.com/jwks',
          audience,
          clientIds: ['web'],
        },
      ]),
    }),
  }).issuers
  if (!base) throw new Error('the link has no issuer')
  return { ...target, name: 'alice', issuers: [{ ...base, issuer, jwksUri, ...row }] }
}

async function faultOf(name: IssuerName, claims: Claims, target = running().target): Promise<string | undefined> {
  const row = issuerNamed(runningIssuers(running().folder) ?? [], name)
  const token = await mint(row, { person: 'alice', issuedAt: now, expiresAt: now + 300, groups: [] }, claims)
  const given = parseGivenToken(token)
  if (!given) throw new Error('no token')
  return faultOfGiven(given, target, now)
}

describe('a given token', () => {
  it('may be of the user pool, or of our own issuer for this API', async () => {
    expect(await faultOf('cognito', {})).toBeUndefined()
    expect(await faultOf('fieldnotes', {})).toBeUndefined()
    expect(await faultOf('fieldnotes', { aud: ['https://x.example', running().target.endpoint] })).toBeUndefined()
  })

  it.each([
    ['an expired one', { exp: now }, 'has expired'],
    ['one that never expires', { exp: undefined }, 'has expired'],
    ['one whose expiry is no number', { exp: `${now + 300}` }, 'has expired'],
    ['one of a foreign issuer', { iss: 'https://x.example' }, 'is not of an issuer of laptop'],
    [
      'one for another API',
      { aud: 'https://api.production.example/graphql' },
      /^is of an issuer .* but for another API/,
    ],
    ['one for no API', { aud: [] }, /^is of an issuer .* but for another API/],
    ['one for an API whose name begins alike', { aud: 'http://127.0.0.1:1/graphql/x' }, /but for another API/],
  ])('is not sent when it is %s', async (_, claims, fault) => {
    expect(await faultOf('fieldnotes', claims)).toMatch(fault)
  })

  it('of an issuer by settings is for the audience of its row, and of one of its clients', async () => {
    expect(await faultOf('fieldnotes', { aud: audience, azp: 'web' }, stageWith())).toBeUndefined()
    expect(await faultOf('fieldnotes', { aud: audience, client_id: 'web' }, stageWith())).toBeUndefined()
    const services = stageWith({ serviceClientIds: ['reports'] })
    expect(await faultOf('fieldnotes', { aud: [audience], client_id: 'reports' }, services)).toBeUndefined()
    expect(await faultOf('fieldnotes', { aud: audience, azp: 'any' }, stageWith({ clientIds: null }))).toBeUndefined()
  })

  it.each([
    ['the audience of another stage', { aud: 'https://api.production.example', azp: 'web' }],
    ['our endpoint as audience, which its row does not have', { azp: 'web' }],
    ['no audience', { aud: undefined, azp: 'web' }],
    ['the client of another stage', { aud: audience, azp: 'production-web', client_id: 'web' }],
  ])('of an issuer by settings is not sent with %s', async (_, claims) => {
    expect(await faultOf('fieldnotes', claims, stageWith())).toMatch(/^is of an issuer of alice, but for another API/)
  })
})
