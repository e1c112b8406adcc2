import { describe, expect, it } from 'vitest'
import { createLinkReader } from '../src/link-reader.ts'

const links = { Notes: { region: 'eu-west-1', clientIds: ['web'], gate: 'demanded' } }

function read() {
  const faults: string[] = []
  return { faults, given: createLinkReader(links, faults) }
}

describe('createLinkReader', () => {
  it('returns members of the right form', () => {
    const { faults, given } = read()
    expect(given.text('Notes', 'region', /^eu-/)).toBe('eu-west-1')
    expect(given.list('Notes', 'clientIds')).toEqual(['web'])
    expect(given.optional('Notes', 'gate', ['absent', 'demanded'])).toBe('demanded')
    expect(given.optional('Notes', 'executor', ['plans'])).toBeUndefined()
    expect(faults).toEqual([])
  })

  it('adds a fault for each other member, which quotes no value', () => {
    const { faults, given } = read()
    expect(given.text('Notes', 'region', /^us-/)).toBe('')
    expect(given.text('Notes', 'resource', /^/)).toBe('')
    expect(given.list('Notes', 'region')).toEqual([])
    expect(given.optional('Notes', 'gate', ['absent'])).toBeUndefined()
    given.fail(['another'])
    expect(faults).toEqual([
      'Notes.region is not usable',
      'Notes.resource is missing',
      'Notes.region is not a list of names',
      'Notes.gate is not usable',
      'another',
    ])
  })

  it.each([undefined, null, 'text', 7])('reads nothing from a link that is %j', (Notes) => {
    const faults: string[] = []
    expect(createLinkReader({ Notes }, faults).text('Notes', 'length', /^/)).toBe('')
    expect(faults).toEqual(['Notes.length is missing'])
  })
})
