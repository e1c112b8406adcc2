import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { handler } from '../src/pre-token.ts'

/** An event as AWS documents version 2. */
function event(userAttributes: Record<string, string>): PreTokenGenerationV2TriggerEvent {
  return {
    version: '2',
    triggerSource: 'TokenGeneration_HostedAuth',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_Example',
    userName: '0f1e2d3c-4b5a-4697-a887-96a5b4c3d2e1',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: '1example23456789' },
    request: {
      userAttributes: {
        sub: '0f1e2d3c-4b5a-4697-a887-96a5b4c3d2e1',
        'cognito:user_status': 'CONFIRMED',
        ...userAttributes,
      },
      groupConfiguration: { groupsToOverride: ['staff'], iamRolesToOverride: [] },
      scopes: ['openid', 'notes/read'],
    },
    response: { claimsAndScopeOverrideDetails: {} },
  }
}

async function added(attributes: Record<string, string>) {
  const { response } = await handler(event(attributes))
  return response.claimsAndScopeOverrideDetails
}

const alice = { name: 'Alice', email: 'alice@example.com', email_verified: 'true' }

describe('pre-token trigger', () => {
  it('adds name and address to the access token, and changes no scope, no group and no ID token', async () => {
    expect(await added({ ...alice, phone_number: '+3531', 'custom:group': 'staff' })).toEqual({
      accessTokenGeneration: {
        claimsToAddOrOverride: { name: 'Alice', email: 'alice@example.com', email_verified: true },
      },
    })
  })

  it.each(['false', 'TRUE', '1', ''])('refuses to call an address verified that is %j', async (email_verified) => {
    const { accessTokenGeneration } = await added({ ...alice, email_verified })
    expect(accessTokenGeneration.claimsToAddOrOverride.email_verified).toBe(false)
  })

  it('calls no address verified that is missing or that the pool does not call verified', async () => {
    const { email_verified: _, ...unsaid } = alice
    expect((await added(unsaid)).accessTokenGeneration.claimsToAddOrOverride.email_verified).toBe(false)
    expect(await added({ email_verified: 'true' })).toEqual({ accessTokenGeneration: { claimsToAddOrOverride: {} } })
  })

  it.each([
    [{ name: 'Carol Doe', given_name: 'C', family_name: 'D' }, 'Carol Doe'],
    [{ name: 'carol@corp.example', given_name: 'Carol', family_name: 'Doe' }, 'Carol Doe'],
    [{ name: 'carol@corp.example', family_name: 'Doe' }, 'Doe'],
    [{ given_name: 'Carol' }, 'Carol'],
    [{ name: 'carol@corp.example' }, undefined],
    [{ name: 'carol@corp.example', given_name: 'carol@corp.example' }, undefined],
    [{ name: 'CORP\\carol', given_name: 'Carol', family_name: 'Doe' }, 'Carol Doe'],
    [{ name: 'CORP\\carol' }, undefined],
    [{ name: 'carol ＠ corp.example', given_name: 'Carol' }, 'Carol'],
    [{ name: `${'a'.repeat(200)} carol @corp.example`, given_name: 'Carol' }, 'Carol'],
    [{ name: 'Carol @ home' }, 'Carol @ home'],
    [{ name: '', given_name: '', family_name: '' }, undefined],
    [{}, undefined],
  ])('names a person with the attributes %j as %s, and never by an address', async (attributes, name) => {
    const { accessTokenGeneration } = await added(attributes as Record<string, string>)
    expect(accessTokenGeneration.claimsToAddOrOverride.name).toBe(name)
  })

  it('hands the event back as it came but for the answer', async () => {
    const { response: _, ...given } = event(alice)
    const { response: __, ...answered } = await handler(event(alice))
    expect(answered).toEqual(given)
  })

  it.each([{ version: '1' }, { version: '3' }, { triggerSource: 'PreSignUp_SignUp' }])(
    'refuses an event that says %j',
    async (other) => {
      await expect(handler({ ...event(alice), ...other } as PreTokenGenerationV2TriggerEvent)).rejects.toThrow('V2')
    },
  )
})
