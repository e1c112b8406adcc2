import { anonymous, type User } from '@fieldnotes/core/principal'
import { describe, expect, it, vi } from 'vitest'
import { FirebaseAdminMissing } from '../../src/account/missing-peer.ts'
import { identityWith } from '../kit/identities.ts'
import { firebaseRow } from '../kit/rows.ts'

/** The modules that a production build of Vite contains when firebase-admin is not installed. */
vi.mock('firebase-admin/app', () => ({ default: {} }))
vi.mock('firebase-admin/auth', () => ({ default: {} }))

describe('checkAccount without firebase-admin', () => {
  const identity = identityWith({ issuers: [{ ...firebaseRow, onlineCheck: true }] })

  it('is UNAVAILABLE with a reason and a cause that name the package, when the bundle has empty modules', async () => {
    const user = { ...anonymous, kind: 'user', issuer: firebaseRow.name, subject: 'person-1' } as unknown as User
    await expect(identity.checkAccount(user)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'firebase_admin_missing',
      cause: new FirebaseAdminMissing(firebaseRow.name),
    })
  })

  it('lets a caller without account pass', async () => {
    await expect(identity.checkAccount(anonymous)).resolves.toBeUndefined()
  })
})
