import { describe, expect, it } from 'vitest'
import { createAllowedScopes } from '../src/group-policies.ts'

const options = { log: () => undefined, clock: Date.now }

describe('the policies of groups', () => {
  it('narrow nothing without a table Access, and do not start where groups are governed', () => {
    expect(createAllowedScopes({}, options)).toBeUndefined()
    expect(createAllowedScopes({ groups: 'open' }, options)).toBeUndefined()
    expect(() => createAllowedScopes({ groups: 'governed' }, options)).toThrow('no table Access')
  })
})
