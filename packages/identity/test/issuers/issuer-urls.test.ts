import { describe, expect, it } from 'vitest'
import { cognitoUrls, firebaseUrls } from '../../src/issuers/issuer-urls.ts'
import { cognitoRow, firebaseRow } from '../kit/rows.ts'

describe('cognitoUrls', () => {
  it('returns the three URLs of a user pool', () => {
    const { issuer, issuerAlias, jwksUri } = cognitoRow
    expect(cognitoUrls('eu-west-1_AbCdEfGhI')).toEqual({ issuer, issuerAlias, jwksUri })
  })

  it.each(['', 'eu-west-1', '_AbC', 'eu-west-1_', 'eu-west-1_AbC/../x', 'evil.example/_x', 'a@evil_x', 'eu_1_x'])(
    'throws for %j, which is not the id of a user pool',
    (userPoolId) => {
      expect(() => cognitoUrls(userPoolId)).toThrow('not the id of a user pool')
    },
  )
})

describe('firebaseUrls', () => {
  it('returns the issuer of a project and the URL of Google’s keys', () => {
    const { issuer, jwksUri } = firebaseRow
    expect(firebaseUrls('fieldnotes-prod')).toEqual({ issuer, jwksUri })
  })
})
