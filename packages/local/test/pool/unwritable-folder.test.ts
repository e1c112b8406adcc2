/** A data folder that can't be written for a moment: what was answered as failed has not happened. */
import { mkdirSync, readFileSync, renameSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openModels } from '../../src/pool/stored-models.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { ClientId, call, Password, refresh, signed, signIn, signUp, UserPoolId } from './kit/api.ts'
import { codeFor, startPool } from './kit/start-pool.ts'

/** Runs `act` while a file can't be replaced: a folder has its name. */
async function unwritable(file: string, act: () => Promise<void>): Promise<void> {
  renameSync(file, `${file}.kept`)
  mkdirSync(file)
  await act()
  rmdirSync(file)
  renameSync(`${file}.kept`, file)
}

async function open() {
  const folder = temporaryFolder()
  const pool = await startPool(folder)
  const tokens = (await signIn(pool, 'alice', 'fieldnotes-alice')).body.AuthenticationResult
  return { pool, tokens, file: join(folder, 'pool-people.json') }
}

const failed = { status: 500, type: 'InternalErrorException:' }

describe('a change that can not be saved', () => {
  it('leaves the old password, and its code stays good', async () => {
    const { pool, file } = await open()
    const Username = 'carol'
    await call(pool, 'ForgotPassword', { ClientId, Username })
    const ConfirmationCode = codeFor(pool, 'carol@cognito.example')
    const reset = () => call(pool, 'ConfirmForgotPassword', { ClientId, Username, ConfirmationCode, Password })
    await unwritable(file, async () => {
      expect(await reset()).toMatchObject(failed)
      expect((await signIn(pool, Username, Password)).status).toBe(400)
      expect((await signIn(pool, Username, 'fieldnotes-carol')).status).toBe(200)
    })
    expect((await reset()).status).toBe(200)
    expect((await signIn(pool, Username, Password)).status).toBe(200)
  })

  it('creates and confirms no account: the same calls succeed afterwards', async () => {
    const { pool, file } = await open()
    const more = { UserAttributes: [{ Name: 'email', Value: 'fred@example.org' }] }
    const confirm = () => call(pool, 'AdminConfirmSignUp', { UserPoolId, Username: 'fred' }, signed)
    await unwritable(file, async () => {
      expect(await signUp(pool, 'fred', more)).toMatchObject(failed)
      expect(pool.mailbox.mails()).toEqual([])
    })
    expect((await signUp(pool, 'fred', more)).status).toBe(200)
    const ConfirmationCode = codeFor(pool, 'fred@example.org')
    const byCode = () => call(pool, 'ConfirmSignUp', { ClientId, Username: 'fred', ConfirmationCode })
    await unwritable(file, async () => {
      expect(await confirm()).toMatchObject(failed)
      expect(await byCode()).toMatchObject(failed)
      expect((await signIn(pool, 'fred', Password)).type).toBe('UserNotConfirmedException:')
    })
    expect((await byCode()).status).toBe(200)
  })

  it('ends no sign-in', async () => {
    const { pool, tokens, file } = await open()
    const signOut = () => call(pool, 'GlobalSignOut', { AccessToken: tokens.AccessToken })
    await unwritable(file, async () => expect(await signOut()).toMatchObject(failed))
    expect((await call(pool, 'GetUser', { AccessToken: tokens.AccessToken })).status).toBe(200)
    expect((await signOut()).status).toBe(200)
    expect((await refresh(pool, tokens.RefreshToken)).status).toBe(400)
  })

  it('of a session is not found either, nor is one gone that was to end', async () => {
    const file = join(temporaryFolder(), 'pool-sign-ins.json')
    const models = openModels(file)
    const sessions = models.adapterOf('Session')
    await sessions.upsert('one', { accountId: 'alice', uid: 'u' }, 3600)
    await unwritable(file, async () => {
      await expect(sessions.upsert('two', { accountId: 'alice' }, 3600)).rejects.toThrow()
      await expect(sessions.destroy('one')).rejects.toThrow()
      expect(() => models.endSignIns('alice')).toThrow()
    })
    expect([await sessions.find('two'), await sessions.find('one')]).toEqual([undefined, expect.any(Object)])
    expect(JSON.parse(readFileSync(file, 'utf8')).entries).toHaveLength(1)
  })
})
