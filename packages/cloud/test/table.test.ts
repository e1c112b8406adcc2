import { tableShape } from '@fieldnotes/table/table-shapes'
import { describe, expect, inject, it } from 'vitest'
import { one } from './find-resources.ts'

const type = 'aws:dynamodb/table:Table'
const production = one(inject('production'), type)
const preview = one(inject('preview'), type)

describe('table', () => {
  it('has the keys, the indexes and the clock that the code knows', () => {
    expect(production.inputs).toMatchObject({
      hashKey: tableShape.partitionKey,
      rangeKey: tableShape.sortKey,
      localSecondaryIndexes: [
        { name: 'byChange', rangeKey: tableShape.changeKey, projectionType: 'ALL' },
        {
          name: 'changePlaces',
          rangeKey: tableShape.changeKey,
          projectionType: 'INCLUDE',
          nonKeyAttributes: tableShape.localIndexes.changePlaces,
        },
      ],
      globalSecondaryIndexes: [],
      ttl: { attributeName: tableShape.timeToLive, enabled: true },
      billingMode: 'PAY_PER_REQUEST',
    })
  })

  it.each([production, preview])(
    'can be put back to any second, and is encrypted under an auditable key',
    ({ inputs }) => {
      expect(inputs).toMatchObject({ pointInTimeRecovery: { enabled: true }, serverSideEncryption: { enabled: true } })
    },
  )

  it('outlives its stage in production alone', () => {
    expect([production.inputs.deletionProtectionEnabled, production.retainOnDelete]).toEqual([true, true])
    expect([preview.inputs.deletionProtectionEnabled, preview.retainOnDelete]).toEqual([false, undefined])
  })
})
