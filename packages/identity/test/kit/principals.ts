/** Principals as verification returns them. A test changes the one member that it is about. */
import type { Service, User } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { now } from './rows.ts'

/** `auth_time` of the principals: a minute ago, in seconds since the epoch. */
export const signedInAt = now - 60

const person = { id: 'person-1', issuer: 'cognito', clientId: 'web', authenticatedAt: signedInAt } as const
const robot = { id: 'robot-id', issuer: 'cognito', clientId: 'robot', tokenId: 'token-1' } as const

export function aUser(changes: Partial<Omit<User, 'kind'>> = {}): User {
  return sampleUser({ ...person, loginId: 'login-1', tokenId: 'token-1', ...changes })
}

export function aService(changes: Partial<Omit<Service, 'kind' | 'loginId'>> = {}): Service {
  return sampleService({ ...robot, ...changes })
}
