import { describe, expect, it } from 'vitest'
import { claimHandle, profileItem, profileOf } from '../../src/people/profile-item.ts'

const profile = { id: 'p', name: 'Alice', email: 'a@example.com', handle: 'h', revision: 3 }

describe('the item of a profile', () => {
  it('has the key of the person, and the id of its write', () => {
    expect(profileItem(profile, 'w')).toEqual({ pk: 'USER#p', sk: 'PROFILE', ...profile, writeId: 'w' })
  })

  it('is read as the profile that was stored, without its key and its write', () => {
    expect(profileOf(profileItem(profile, 'w'))).toEqual(profile)
  })

  it('is read with every member, also where a name and an address are not stored', () => {
    const { name, email, ...rest } = profile
    const read = profileOf({ pk: 'USER#p', sk: 'PROFILE', ...rest })
    expect(Object.keys(read).sort()).toEqual(Object.keys(profile).sort())
    expect([read.name, read.email]).toEqual([undefined, undefined])
  })
})

describe('claimHandle', () => {
  it('writes only where the handle is free', () => {
    const put = { pk: 'HANDLE#h', sk: 'HANDLE', personId: 'p' }
    expect(claimHandle('h', 'p')).toEqual({ put, when: [[['absent', 'pk']]] })
  })
})
