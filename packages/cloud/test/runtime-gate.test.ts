/** The deployed endpoint, invoked around its authorizer: in AWS's runtime client, configured as a stage is. */
import { personId } from '@fieldnotes/identity/person-id'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, createWorld, links, responseOf, type World } from './world.ts'

type Sandbox = Awaited<ReturnType<World['open']>>

let world: World
let sandbox: Sandbox
let token: string

beforeAll(async () => {
  world = await createWorld()
  sandbox = await world.open('gate', { links: { ...links, Notes: { ...links.Notes, gate: 'demanded' } } })
  token = await world.token('alice')
})

afterAll(() => world.stop())

const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${links.Notes.userPoolId}`
const id = personId(issuer, 'subject-of-alice')

/** Status of alice's request, with this context of an authorizer. */
async function statusWith(lambda: object | undefined): Promise<number> {
  const event = ask('{ me { id } }', {}, token)
  const requestContext = { ...event.requestContext, ...(lambda && { authorizer: { lambda } }) }
  return responseOf(await sandbox.invoke({ ...event, requestContext })).statusCode
}

describe('the deployed endpoint', () => {
  it('answers a request on which the authorizer and it agree', async () => {
    expect(await statusWith({ verdict: 'ok', id })).toBe(200)
  })

  it('refuses whatever reaches it around the authorizer, with a valid token too, and logs it', async () => {
    expect(await statusWith(undefined)).toBe(401)
    expect(await statusWith({ verdict: 'ok', id: personId(issuer, 'subject-of-bob') })).toBe(401)
    expect(await statusWith({ verdict: 'anonymous' })).toBe(401)
    expect(sandbox.log.match(/"event":"locks_differ"/g)).toHaveLength(3)
  })

  it('refuses an anonymous request without a verdict', async () => {
    const { statusCode } = responseOf(await sandbox.invoke(ask('{ __typename }')))
    expect(statusCode).toBe(401)
  })
})
