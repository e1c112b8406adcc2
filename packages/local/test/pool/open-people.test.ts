/** How the people of a pool are found, and how many there are. */
import { describe, expect, it } from 'vitest'
import { openPeople } from '../../src/pool/people/people.ts'
import type { Person } from '../../src/pool/people/pool-person.ts'

describe('openPeople', () => {
  function someone(sub: string, more: Partial<Person> = {}): Person {
    return { sub, username: sub, emailVerified: true, groups: [], confirmed: true, createdAt: 0, ...more }
  }

  it('finds the confirmed owner of an address, else the newest sign-up, and never a federated person', async () => {
    const email = 'dora@example.org'
    const people = await openPeople(undefined, async () => [
      someone('google', { email, federation: { provider: 'Google', subject: '1' } }),
      someone('first', { email, confirmed: false }),
      someone('second', { email, confirmed: false }),
    ])
    expect(people.byLogin(' Dora@Example.ORG ')?.sub).toBe('second')
    people.put(someone('first', { email }))
    expect(people.byLogin(email)?.sub).toBe('first')
    expect(people.byLogin('google')).toBeUndefined()
    expect(people.byFederation({ provider: 'Google', subject: '1' })?.sub).toBe('google')
    expect(people.byFederation({ provider: 'Google', subject: '2' })).toBeUndefined()
  })

  it('takes no more than 5000 people', async () => {
    const people = await openPeople(undefined, async () =>
      Array.from({ length: 5000 }, (_, index) => someone(`${index}`)),
    )
    expect(people.put(someone('one more'))).toBe(false)
    expect(people.put(someone('1', { name: 'changed' }))).toBe(true)
    people.put(someone('2', { confirmed: false }))
    expect(people.put(someone('one more'))).toBe(true)
    expect([people.bySub('2'), people.bySub('one more')?.sub]).toEqual([undefined, 'one more'])
  })
})
