/** A code that its account does not take any more: it is not listed, not described, and its link says so. */
import { describe, expect, it } from 'vitest'
import { firebaseSubject } from '../../src/issuers/token-claims.ts'
import { alice, dora, type Firebase, lastCode, startFirebase } from './firebase-world.ts'

const reset = { requestType: 'PASSWORD_RESET', email: alice.email }
const localId = firebaseSubject('alice')

async function listed({ request }: Firebase): Promise<number> {
  return (await request('/emulator/v1/projects/demo-fieldnotes/oobCodes')).body.oobCodes.length
}

/** Status of the page of a code's link, and of the API's description of the code. */
async function shown(firebase: Firebase, oobCode: string) {
  const link = firebase.mails.find((mail) => mail.link?.includes(oobCode))?.link ?? ''
  const page = await firebase.request(link.replace(firebase.url, ''))
  const read = await firebase.call('resetPassword', { oobCode })
  if (page.status === 400) expect(page.body).not.toContain(alice.email)
  return [page.status, read.status]
}

const ends: readonly (readonly [string, (firebase: Firebase, oobCode: string) => Promise<unknown>])[] = [
  ['an hour', async ({ setClock }) => setClock(60)],
  ['a new password', ({ administer }) => administer(':update', { localId, password: dora.password })],
  ['a new address', ({ administer }) => administer(':update', { localId, email: dora.email })],
  ['the end of all tokens', ({ administer }) => administer(':update', { localId, validSince: '1' })],
  ['disabling', ({ administer }) => administer(':update', { localId, disableUser: true })],
  ['deletion', ({ administer }) => administer(':delete', { localId })],
  ['its use', ({ call }, oobCode) => call('resetPassword', { oobCode, newPassword: dora.password })],
]

describe('a code', () => {
  it.each(ends)('is of no use after %s', async (_name, end) => {
    const firebase = await startFirebase()
    await firebase.call('sendOobCode', reset)
    const oobCode = lastCode(firebase)
    firebase.setClock(59)
    expect([await listed(firebase), await shown(firebase, oobCode)]).toEqual([1, [200, 200]])
    await end(firebase, oobCode)
    expect([await listed(firebase), await shown(firebase, oobCode)]).toEqual([0, [400, 400]])
    const { status } = await firebase.call('resetPassword', { oobCode, newPassword: 'another horse' })
    expect(status).toBe(400)
  })

  it('for an address that was taken meanwhile is not listed', async () => {
    const firebase = await startFirebase()
    const { idToken } = (await firebase.call('signInWithPassword', alice)).body
    await firebase.call('sendOobCode', { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail: dora.email, idToken })
    expect(await listed(firebase)).toBe(1)
    await firebase.call('signUp', dora)
    expect(await listed(firebase)).toBe(0)
  })
})

describe('requests for the same link', () => {
  it('within a minute send one mail, and its link stays good', async () => {
    const firebase = await startFirebase()
    for (let count = 0; count < 5; count++) expect((await firebase.call('sendOobCode', reset)).status).toBe(200)
    expect(firebase.mails).toHaveLength(1)
    firebase.setClock(0.99)
    await firebase.call('sendOobCode', reset)
    expect(await shown(firebase, lastCode(firebase))).toEqual([200, 200])
    firebase.setClock(1)
    await firebase.call('sendOobCode', reset)
    expect(firebase.mails).toHaveLength(2)
  })

  it('send another mail at once when the last link can not be used any more', async () => {
    const firebase = await startFirebase()
    await firebase.call('sendOobCode', reset)
    await firebase.call('resetPassword', { oobCode: lastCode(firebase), newPassword: dora.password })
    await firebase.call('sendOobCode', reset)
    expect(firebase.mails).toHaveLength(2)
  })

  it('to another address send another mail', async () => {
    const firebase = await startFirebase()
    const { idToken } = (await firebase.call('signInWithPassword', alice)).body
    for (const newEmail of [dora.email, dora.email, 'alice@new.example'])
      await firebase.call('sendOobCode', { requestType: 'VERIFY_AND_CHANGE_EMAIL', newEmail, idToken })
    expect(firebase.mails.map(({ to }) => to)).toEqual([dora.email, 'alice@new.example'])
  })
})
