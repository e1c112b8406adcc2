import { keyNames, type TableName, tableShapes } from '@fieldnotes/table/table-shapes'
import { describe, expect, inject, it } from 'vitest'
import type { Graph } from '../src/graph/graph.ts'
import { all, one } from './find-resources.ts'

const type = 'aws:dynamodb/table:Table'

/** Name of each table in the graph. */
const names: Readonly<Record<TableName, string>> = { notes: 'TableTable', access: 'AccessTable', rates: 'RatesTable' }

const shapes = Object.keys(tableShapes) as TableName[]

function tableOf(graph: Graph, shape: TableName) {
  return one(graph, type, names[shape])
}

describe('tables', () => {
  it('are these and no other', () => {
    expect(
      all(inject('production'), type)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.values(names).sort())
  })

  it.each(shapes)('of %s have the keys and the clock that the code knows, and no global index', (shape) => {
    expect(tableOf(inject('production'), shape).inputs).toMatchObject({
      hashKey: keyNames.partitionKey,
      rangeKey: keyNames.sortKey,
      globalSecondaryIndexes: [],
      ttl: { attributeName: keyNames.timeToLive, enabled: true },
      billingMode: 'PAY_PER_REQUEST',
    })
  })

  it('of notes have two indexes, and the others none', () => {
    const indexes = (shape: TableName) => tableOf(inject('production'), shape).inputs.localSecondaryIndexes
    expect(indexes('notes')).toEqual([
      { name: 'byChange', rangeKey: keyNames.changeKey, projectionType: 'ALL' },
      {
        name: 'changePlaces',
        rangeKey: keyNames.changeKey,
        projectionType: 'INCLUDE',
        nonKeyAttributes: tableShapes.notes.localIndexes.changePlaces,
      },
    ])
    expect([indexes('access'), indexes('rates')]).toEqual([[], []])
  })

  describe.each(shapes)('of %s', (shape) => {
    const [production, preview] = [tableOf(inject('production'), shape), tableOf(inject('preview'), shape)]

    it.each([production, preview])('are encrypted under an auditable key', ({ inputs }) => {
      expect(inputs).toMatchObject({ serverSideEncryption: { enabled: true } })
    })

    it('outlive their stage in production alone', () => {
      expect([production.inputs.deletionProtectionEnabled, production.retainOnDelete]).toEqual([true, true])
      expect([preview.inputs.deletionProtectionEnabled, preview.retainOnDelete]).toEqual([false, undefined])
    })
  })

  it.each([inject('production'), inject('preview')])('can be put back to any second, except the counters', (graph) => {
    const recovery = shapes.map((shape) => tableOf(graph, shape).inputs.pointInTimeRecovery)
    expect(recovery).toEqual([{ enabled: true }, { enabled: true }, { enabled: false }])
  })
})
