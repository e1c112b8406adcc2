/** The items of the doors as tests write them: realistic sizes, and the conditions that each one needs. */
import {
  aliasKey,
  endedSessionKey,
  grantMemberKey,
  loginSessionKey,
  modelKey,
  personSessionKey,
  proofKey,
  sessionKey,
  signInKey,
} from '../../src/access-keys.ts'
import { digestOf } from '../../src/digest.ts'
import type { Condition, Write } from '../../src/writes.ts'

/** Seconds since the epoch. */
export const now = 1_800_000_000

export const person = 'p'.repeat(27)
const cookie = digestOf('cookie')
const state = digestOf('state')
const id = digestOf('id')
const grant = digestOf('grant')

/** Text of this many bytes. */
export function bytes(length: number): string {
  return 'x'.repeat(length)
}

const isNew: Condition = [[['absent', 'pk']]]
const isUnused: Condition = [
  [
    ['exists', 'pk'],
    ['absent', 'usedAt'],
    ['>', 'expiresAt', now],
  ],
]

export const keys = {
  session: sessionKey(cookie),
  personSession: personSessionKey(person, cookie),
  loginSession: loginSessionKey('l'.repeat(36), cookie),
  endedSession: endedSessionKey(person, cookie),
  signIn: signInKey(state),
  code: modelKey('AuthorizationCode', id),
  grantMember: grantMemberKey(grant, 'AuthorizationCode', id, now + 60),
  uid: aliasKey('uid', id),
}

/**
 * A session of 3 KB (encrypted tokens of Cognito), with its entry in the person's list, and its name by the sign-in.
 */
export const sessionCreated: readonly Write[] = [
  { put: { ...keys.session, version: 1, tokens: bytes(2800), expiresAt: now + 14 * 86_400 }, when: isNew },
  { put: { ...keys.personSession, device: bytes(100), expiresAt: now + 14 * 86_400 } },
  { put: { ...keys.loginSession, personId: person, expiresAt: now + 14 * 86_400 } },
]

/** A session's end: its access token is removed, and its refresh token is kept until the provider has revoked it. */
export const sessionEnded: readonly Write[] = [
  { update: keys.session, set: { endedAt: now, tokens: bytes(1800) }, when: [[['absent', 'endedAt']]] },
  { remove: keys.personSession, when: [[['exists', 'pk']]] },
  { put: { ...keys.endedSession, expiresAt: now + 30 * 86_400 } },
]

/** A code of 0.8 KB, with its entry in the grant. */
export const codeWritten: readonly Write[] = [
  { put: { ...keys.code, payload: bytes(700), expiresAt: now + 60 } },
  { put: { ...keys.grantMember, expiresAt: now + 60 } },
]

export const writes = {
  signInStarted: { put: { ...keys.signIn, verifier: bytes(300), expiresAt: now + 600 }, when: isNew },
  signInFinished: {
    remove: keys.signIn,
    when: [
      [
        ['exists', 'pk'],
        ['>', 'expiresAt', now],
      ],
    ],
  },
  refreshLocked: {
    update: keys.session,
    set: { lockUntil: now + 8 },
    when: [
      [
        ['=', 'version', 1],
        ['absent', 'lockUntil'],
      ],
      [
        ['=', 'version', 1],
        ['<=', 'lockUntil', now],
      ],
    ],
  },
  refreshStored: {
    update: keys.session,
    set: { tokens: bytes(2800), lockUntil: undefined },
    add: { version: 1 },
    when: [[['=', 'version', 1]]],
  },
  codeUsed: { update: keys.code, set: { usedAt: now }, when: isUnused },
  proofUsed: {
    put: { ...proofKey('t'.repeat(43), digestOf('jti')), expiresAt: now + 60 },
    when: [[['absent', 'pk']], [['<=', 'expiresAt', now]]],
  },
} as const satisfies Readonly<Record<string, Write>>
