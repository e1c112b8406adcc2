/** Commands of AWS's tutorials, by Debian's AWS CLI, against the local user pool. */
import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { awsPath, programEnvironment } from '../support/debian-programs.ts'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { ask } from '../support/graphql-client.ts'

const cloud = ephemeralCloud()

interface Result {
  // biome-ignore lint/suspicious/noExplicitAny: the CLI prints the answer of any call
  readonly printed: any
  readonly error: string
}

function aws(...words: readonly string[]): Promise<Result> {
  const all = ['cognito-idp', ...words, '--endpoint-url', `${cloud.url}/aws/cognito-idp/`, '--output', 'json']
  return new Promise((resolve) => {
    execFile(awsPath, all, { env: programEnvironment }, (_failure, stdout, stderr) =>
      resolve({ printed: stdout.trim() === '' ? undefined : JSON.parse(stdout), error: stderr.trim() }),
    )
  })
}

const client = ['--client-id', 'localclient0001'] as const
const dora = ['--username', 'dora@example.org'] as const
const password = 'Correct-horse-9'

function signUp(): Promise<Result> {
  return aws('sign-up', ...client, ...dora, '--password', password, '--user-attributes', 'Name=name,Value=Dora')
}

function signIn(username: string, secret: string): Promise<Result> {
  const parameters = `USERNAME=${username},PASSWORD=${secret}`
  return aws('initiate-auth', ...client, '--auth-flow', 'USER_PASSWORD_AUTH', '--auth-parameters', parameters)
}

describe('aws cognito-idp', () => {
  it('signs a person up, confirms and signs in; the endpoint knows the person', async () => {
    expect((await signUp()).printed).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[\w-]{36}$/),
    })
    expect((await signIn('dora@example.org', password)).error).toContain('UserNotConfirmedException')
    const pool = ['--user-pool-id', 'eu-west-1_Local0001'] as const
    expect(await aws('admin-confirm-sign-up', ...pool, ...dora)).toEqual({ printed: undefined, error: '' })
    const { AccessToken: token } = (await signIn('dora@example.org', password)).printed.AuthenticationResult
    const { status, data, codes } = await ask(cloud.url, { token, query: '{ me { id } notes { nodes { id } } }' })
    expect(status).toBe(200)
    expect(data.me.id).toMatch(/./)
    // As deployed, a token of the API opens no notes.
    expect(codes).toMatchObject({ notes: 'FORBIDDEN' })
  })

  it('confirms by the code that the cloud prints', async () => {
    const eve = ['--username', 'eve@example.org'] as const
    await aws('sign-up', ...client, ...eve, '--password', password)
    const [, code = ''] = /"to":"eve@example.org"[^\n]*"code":"(\d{6})"/.exec(await cloud.printed()) ?? []
    const wrong = await aws(
      'confirm-sign-up',
      ...client,
      ...eve,
      '--confirmation-code',
      code === '000000' ? '1' : '000000',
    )
    expect(wrong.error).toContain('CodeMismatchException')
    expect((await aws('confirm-sign-up', ...client, ...eve, '--confirmation-code', code)).error).toBe('')
  })

  it('signs out everywhere: the refresh token ends', async () => {
    const { AccessToken, RefreshToken } = (await signIn('alice', 'fieldnotes-alice')).printed.AuthenticationResult
    const refresh = ['initiate-auth', ...client, '--auth-flow', 'REFRESH_TOKEN_AUTH'] as const
    const { AuthenticationResult } = (await aws(...refresh, '--auth-parameters', `REFRESH_TOKEN=${RefreshToken}`))
      .printed
    expect(await aws('global-sign-out', '--access-token', AccessToken)).toEqual({ printed: undefined, error: '' })
    const again = await aws(...refresh, '--auth-parameters', `REFRESH_TOKEN=${AuthenticationResult.RefreshToken}`)
    expect(again.error).toContain('NotAuthorizedException')
  })

  it('prints AWS’s errors for a wrong password, a weak one, and a taken name', async () => {
    expect((await signIn('alice', 'wrong')).error).toContain('(NotAuthorizedException)')
    expect((await aws('sign-up', ...client, '--username', 'f@example.org', '--password', 'weak-one')).error).toContain(
      '(InvalidPasswordException)',
    )
    const taken = ['--username', 'alice', '--password', password, '--user-attributes', 'Name=email,Value=g@example.org']
    expect((await aws('sign-up', ...client, ...taken)).error).toContain('(UsernameExistsException)')
  })
})
