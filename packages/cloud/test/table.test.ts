import { keyNames, type TableName, tableShapes } from '@fieldnotes/table/table-shapes'
import { describe, expect, inject, it } from 'vitest'
import type { Graph } from '../src/graph/graph.ts'
import { all, one, statementsOf } from './find-resources.ts'

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

    it('can cost no more in a second than the requests that the gateway lets through', () => {
      const ceilings = [production, preview].map(({ inputs }) => inputs.onDemandThroughput)
      expect(ceilings).toEqual([
        { maxReadRequestUnits: 20_000, maxWriteRequestUnits: 10_000 },
        { maxReadRequestUnits: 2000, maxWriteRequestUnits: 1000 },
      ])
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

  describe('with FIELDNOTES_TABLE', () => {
    const graph = inject('everything')
    const restored = 'arn:aws:dynamodb:eu-west-1:123456789012:table/notes-restored'

    it('serve notes from the restored table', () => {
      expect(graph.builds.Graphql?.links.Notes).toMatchObject({ tableName: 'notes-restored' })
      expect(graph.outputs.table).toBe('notes-restored')
    })

    it('give the function the same rights on it, and none on the old one', () => {
      const resources = (from: Graph) =>
        statementsOf(one(from, 'aws:iam/role:Role', 'GraphqlRole'))
          .flatMap(({ Resource }) => Resource as string[])
          .map((arn) => arn.replace(/(Table)-[a-z]{8}/, '$1'))
      const ofNotes = resources(graph).filter((arn) => arn.includes('notes-restored'))
      expect(ofNotes).toEqual([restored, `${restored}/index/byChange`, `${restored}/index/changePlaces`])
      expect(resources(inject('production'))).toEqual(
        resources(graph).map((arn) => arn.replace('notes-restored', 'fieldnotes-production-TableTable')),
      )
    })

    it('watch it: alarms and dashboard', () => {
      for (const name of ['ReadThrottlesAlarm', 'WriteThrottlesAlarm']) {
        expect(one(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm', name).inputs.dimensions).toEqual({
          TableName: 'notes-restored',
        })
      }
      expect(one(graph, 'aws:cloudwatch/dashboard:Dashboard').inputs.dashboardBody).toContain('"notes-restored"')
    })

    it('keep the old one as it was, so that unsetting the variable is the way back', () => {
      const { inputs, protect } = tableOf(graph, 'notes')
      const settings = { ...tableOf(inject('production'), 'notes').inputs, name: inputs.name }
      expect([inputs, protect]).toEqual([settings, true])
    })
  })
})
