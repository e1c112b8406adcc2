import { describe, expect, inject, it } from 'vitest'
import { compare, refusalOf } from '../src/engine/compare-runs.ts'
import { fixedInputsOf } from '../src/engine/replacements.ts'
import type { Resource } from '../src/graph/graph.ts'

const pool = 'aws:cognito/userPool:UserPool'

function resource(inputs: Resource['inputs'], more: Partial<Resource> = {}): Resource {
  return { type: pool, name: 'Pool', urn: 'urn:pool', custom: true, inputs, ...more }
}

const plain = resource({ name: 'people', usernameAttributes: ['email'], mfaConfiguration: 'OFF' })

describe('compare', () => {
  it.each([
    ['create', undefined, plain],
    ['delete', plain, undefined],
    ['same', plain, resource({ ...plain.inputs, tags: undefined })],
    ['update', plain, resource({ ...plain.inputs, mfaConfiguration: 'ON' })],
    ['replace', plain, resource({ ...plain.inputs, usernameAttributes: ['email', 'phone_number'] })],
    ['replace', plain, resource({ ...plain.inputs, usernameConfiguration: { caseSensitive: true } })],
    ['replace', plain, resource({ ...plain.inputs, region: 'us-east-1' })],
  ] as const)('finds %s', (operation, before, after) => {
    expect(compare(before, after).operation).toBe(operation)
  })

  it('names what replaces, among all that changes', () => {
    const after = resource({ ...plain.inputs, mfaConfiguration: 'ON', name: 'others' })
    expect(compare(plain, after)).toEqual({
      operation: 'replace',
      changed: ['name', 'mfaConfiguration'],
      replacing: ['name'],
    })
  })

  it('knows what replaces each type of every stage', () => {
    for (const stage of ['production', 'preview', 'personal', 'everything'] as const) {
      for (const { custom, type } of inject(stage).resources) if (custom) expect(fixedInputsOf(type)).toBeDefined()
    }
  })

  it('does not take a type that it does not know for one that is updated', () => {
    expect(() => fixedInputsOf('aws:rds/cluster:Cluster')).toThrow(/no row for aws:rds/)
  })
})

describe('protection', () => {
  const safe = resource(plain.inputs, { protect: true })
  const renamed = resource({ ...plain.inputs, name: 'others' }, { protect: true })
  const update = resource({ ...plain.inputs, mfaConfiguration: 'ON' }, { protect: true })
  const refusal = (before: Resource | undefined, after: Resource | undefined) =>
    refusalOf(compare(before, after), before, after)

  it('refuses a replacement and a deletion', () => {
    expect(refusal(safe, renamed)).toMatch(/unable to replace resource "urn:pool"/)
    expect(refusal(safe, undefined)).toMatch(/"urn:pool" cannot be deleted/)
  })

  it('lets the rest through, and a replacement in the run that removes it', () => {
    expect(refusal(undefined, safe)).toBeUndefined()
    expect(refusal(safe, safe)).toBeUndefined()
    expect(refusal(safe, update)).toBeUndefined()
    expect(refusal(safe, { ...renamed, protect: false })).toBeUndefined()
    expect(refusal(plain, undefined)).toBeUndefined()
  })
})
