import { describe, expect, it } from 'vitest'
import { outages, type Refusal, refusals as reasons } from '../src/refusals.ts'
import { identityWith, outcomeOf } from './kit/identities.ts'
import { shapes } from './kit/mint.ts'
import { shownByProofs } from './refusals/proof-attacks.ts'
import { refusals, table } from './refusals/table.ts'

const identity = identityWith()

describe.each(Object.keys(table))('a token with a fault of %s', (section) => {
  it.each(refusals.filter((refusal) => refusal.section === section))(
    'refuses, $name: $what',
    async ({ reason, headers }) => {
      expect(await outcomeOf(identity.authenticate(headers()))).toBe(`UNAUTHENTICATED ${reason}`)
    },
  )
})

describe('the table of attacks', () => {
  it('holds at least 150 refusals of each shape', () => {
    for (const name of Object.keys(shapes)) {
      expect(refusals.filter((refusal) => refusal.name === name).length).toBeGreaterThanOrEqual(150)
    }
  })

  it('shows every reason that a token can give', () => {
    const online: readonly Refusal[] = [
      'account_deleted',
      'account_disabled',
      'login_revoked',
      'revoked',
      'token_unknown',
    ]
    const shown = new Set([...refusals.map(({ reason }) => reason), ...shownByProofs, ...online])
    expect(Object.keys(reasons).filter((reason) => !shown.has(reason as Refusal))).toEqual([])
  })
})

describe('the list of reasons', () => {
  it.each(Object.entries({ ...reasons, ...outages }))('says what %s means', (reason, meaning) => {
    expect(reason).toMatch(/^[a-z0-9_]+$/)
    expect(meaning.length).toBeGreaterThan(10)
  })
})
