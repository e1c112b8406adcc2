/** alice, bob and carol: the same persons as those of the token command, with passwords that the documents name. */
import { loadOnce } from '@fieldnotes/core/load-once'
import { cognitoSubject } from '../../issuers/token-claims.ts'
import { hashPassword } from '../../password-hash.ts'
import type { Person } from './pool-person.ts'

async function seed(username: string): Promise<Person> {
  return {
    sub: cognitoSubject(username),
    username,
    email: `${username}@cognito.example`,
    emailVerified: true,
    name: username.charAt(0).toUpperCase() + username.slice(1),
    groups: [],
    // These passwords are public and do not fulfil the policy, as a password does not that an administrator sets.
    password: await hashPassword(`fieldnotes-${username}`),
    confirmed: true,
    createdAt: Date.now(),
  }
}

/** The people of a new data folder. Their public passwords are hashed once in a process. */
export const seedPeople: () => Promise<readonly Person[]> = loadOnce(() =>
  Promise.all(['alice', 'bob', 'carol'].map(seed)),
)
