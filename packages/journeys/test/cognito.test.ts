/** People sign up and sign in at an emulated Cognito user pool; its tokens are sent to the endpoint. */
import type { CognitoIssuer } from '@fieldnotes/identity/issuer'
import type { Cloud } from '@fieldnotes/local/cloud'
import { freePort } from '@fieldnotes/local/free-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from './support/emulator.ts'
import { ask } from './support/graphql-client.ts'
import { createFolder, deleteFolder } from './support/local-cloud.ts'
import { startTrustingCloud } from './support/trusting-cloud.ts'

const code = '135790'
const password = 'Correct-Horse-9'
const folder = createFolder()

let emulator: Emulator
let cloud: Cloud
let UserPoolId: string
let ClientId: string

// biome-ignore lint/suspicious/noExplicitAny: the provider's responses have no declared type
async function cognito(operation: string, input: object): Promise<any> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  }
  const response = await fetch(emulator.url, { method: 'POST', headers, body: JSON.stringify(input) })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(answer)}`)
  return answer
}

async function signUp(Username: string): Promise<void> {
  const UserAttributes = [{ Name: 'email', Value: Username }]
  await cognito('SignUp', { ClientId, Username, Password: password, UserAttributes })
  await cognito('ConfirmSignUp', { ClientId, Username, ConfirmationCode: code })
}

async function signIn(Username: string) {
  const AuthParameters = { USERNAME: Username, PASSWORD: password }
  const { AuthenticationResult } = await cognito('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters,
  })
  return AuthenticationResult as { AccessToken: string; IdToken: string }
}

/** The emulator has no resource servers: a row of the issuers' table maps its only scope to ours. */
function row(): CognitoIssuer {
  return {
    kind: 'cognito',
    name: 'cognito',
    issuer: `${emulator.url}/${UserPoolId}`,
    jwksUri: `${emulator.url}/${UserPoolId}/.well-known/jwks.json`,
    clientIds: [ClientId],
    scopes: { 'aws.cognito.signin.user.admin': ['notes:read', 'notes:write', 'notes:share', 'notes:trash'] },
  }
}

async function createClient(): Promise<string> {
  const hour = { AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'hours' } }
  const { UserPoolClient } = await cognito('CreateUserPoolClient', { UserPoolId, ClientName: 'web', ...hour })
  return UserPoolClient.ClientId
}

beforeAll(async () => {
  const port = await freePort()
  const environment = { HOST: '127.0.0.1', PORT: String(port), CODE: code }
  emulator = await startEmulator(port, { package: 'cognito-local', words: [], environment })
  UserPoolId = (await cognito('CreateUserPool', { PoolName: 'people' })).UserPool.Id
  ClientId = await createClient()
  await signUp('alice@example.com')
  await signUp('bob@example.com')
  await cognito('CreateGroup', { UserPoolId, GroupName: 'staff' })
  await cognito('AdminAddUserToGroup', { UserPoolId, GroupName: 'staff', Username: 'alice@example.com' })
  cloud = await startTrustingCloud(folder, () => [row()])
})

afterAll(async () => {
  await cloud?.stop()
  await emulator?.end()
  deleteFolder(folder)
})

const create = 'mutation { createNote(input: { title: "Groceries" }) { note { id sizeBytes } } }'
const read = 'query ($id: ID!) { note(id: $id) { title sizeBytes } }'

describe('a sign-in at Cognito', () => {
  it('writes and reads as the person, whose group opens the field that needs it', async () => {
    const { AccessToken: token } = await signIn('alice@example.com')
    const { data, codes } = await ask(cloud.url, { token, query: create })
    expect(codes).toEqual({})
    expect(data.createNote.note.sizeBytes).toBeGreaterThan(0)
  })

  it('is another person for bob, to whom the note does not exist', async () => {
    const { AccessToken: alice } = await signIn('alice@example.com')
    const { AccessToken: bob } = await signIn('bob@example.com')
    const { id } = (await ask(cloud.url, { token: alice, query: create })).data.createNote.note
    const { data, codes } = await ask(cloud.url, { token: bob, query: read, variables: { id } })
    expect([data, codes]).toEqual([{ note: null }, { note: 'NOT_FOUND' }])
  })

  it('is the same person at every sign-in', async () => {
    const tokens = [await signIn('alice@example.com'), await signIn('alice@example.com')]
    const ids = await Promise.all(
      tokens.map(
        async ({ AccessToken: token }) => (await ask(cloud.url, { token, query: '{ me { id } }' })).data.me.id,
      ),
    )
    expect(ids[0]).toBe(ids[1])
  })

  it('is refused with the ID token of the same sign-in', async () => {
    const { IdToken: token } = await signIn('alice@example.com')
    const answer = await ask(cloud.url, { token, query: '{ __typename }' })
    expect([answer.status, answer.data]).toEqual([401, undefined])
  })

  it('is refused when it came through another client of the same pool', async () => {
    const ours = ClientId
    ClientId = await createClient()
    const { AccessToken: token } = await signIn('alice@example.com')
    ClientId = ours
    expect((await ask(cloud.url, { token, query: '{ __typename }' })).status).toBe(401)
  })

  it('is refused when it came from another pool, signed by the same key', async () => {
    const ours = [UserPoolId, ClientId] as const
    UserPoolId = (await cognito('CreateUserPool', { PoolName: 'others' })).UserPool.Id
    ClientId = await createClient()
    await signUp('alice@example.com')
    const { AccessToken: token } = await signIn('alice@example.com')
    ;[UserPoolId, ClientId] = ours
    expect((await ask(cloud.url, { token, query: '{ __typename }' })).status).toBe(401)
  })

  it('is refused when one character of it was changed', async () => {
    const { AccessToken } = await signIn('alice@example.com')
    const [header = '', payload = '', signature = ''] = AccessToken.split('.')
    const flipped = signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    expect((await ask(cloud.url, { token: `${header}.${payload}.${flipped}`, query: '{ __typename }' })).status).toBe(
      401,
    )
  })
})
