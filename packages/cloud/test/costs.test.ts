import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { calls, costTables, idle, unitsOf, writtenTables } from '../src/costs.ts'
import { root } from '../src/paths.ts'
import { all, one } from './find-resources.ts'

const page = readFileSync(join(root, 'docs/costs.md'), 'utf8')

describe('docs/costs.md', () => {
  it('has the tables of the measured units: npm run -s costs -- --write', () => {
    expect(writtenTables(page)).toBe(costTables())
  })

  it.each([
    ['kept', 'production'],
    ['others', 'personal'],
  ] as const)('counts what is billed while nothing is called, of stages that are %s: %s', (kind, stage) => {
    const graph = inject(stage)
    const machines = all(graph, 'aws:cognito/userPoolClient:UserPoolClient').filter(({ inputs }) =>
      (inputs.allowedOauthFlows as string[]).includes('client_credentials'),
    )
    expect({
      alarms: all(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm').length,
      dashboards: all(graph, 'aws:cloudwatch/dashboard:Dashboard').length,
      machineClients: machines.length,
      keys: all(graph, 'aws:kms/key:Key').length,
    }).toEqual(idle[kind])
  })

  it.each([
    ['GraphqlFunction', calls.endpoint, '60 ms\nof the function at 1,024 MB on arm64'],
    ['AuthorizerFunction', calls.authorizer, '5 ms of the authorizer at 512 MB'],
    ['IssuerFunction', calls.issuer, '30 ms of the issuer at 1,024 MB'],
  ])('takes the memory of %s from what is deployed', (name, { seconds, gb }, words) => {
    const { memorySize, architectures } = one(inject('production'), 'aws:lambda/function:Function', name).inputs
    expect([memorySize, architectures]).toEqual([gb * 1024, ['arm64']])
    expect(words).toContain(`${seconds * 1000} ms`)
    expect(page).toContain(words)
  })

  it('does not invent a figure that was not measured', () => {
    expect(unitsOf('create')).toBeGreaterThan(0)
    expect(() => unitsOf('read minds')).toThrow(/measures no read minds/)
  })
})
