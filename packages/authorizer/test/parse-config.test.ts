import { describe, expect, it } from 'vitest'
import { parseConfig } from '../src/parse-config.ts'

const notes = {
  resource: 'https://api.example.com/graphql',
  region: 'eu-west-1',
  accessTableName: 'fieldnotes-production-AccessTable',
  userPoolId: 'eu-west-1_AbCdEf123',
  clientIds: ['web', 'console'],
  firebaseProject: 'fieldnotes-1234',
  gateDenies: 'off',
}
const environment = { NODE_ENV: 'production' }

describe('parseConfig', () => {
  it('reads the issuers, the table of revocations and the setting', () => {
    const config = parseConfig({ Notes: notes }, environment)
    expect(config).toMatchObject({
      resource: 'https://api.example.com/graphql',
      access: { name: 'fieldnotes-production-AccessTable', region: 'eu-west-1' },
      gateDenies: false,
    })
    expect(config.issuers.map(({ name }) => name)).toEqual(['cognito', 'firebase'])
    expect(parseConfig({ Notes: { ...notes, gateDenies: 'on' } }, environment).gateDenies).toBe(true)
  })

  it.each([
    ['resource', 'http://api.example.com/graphql'],
    ['region', 'local'],
    ['accessTableName', ''],
    ['userPoolId', 'local_AbCdEf123'],
    ['firebaseProject', 'a b'],
    ['gateDenies', 'yes'],
    ['gateDenies', true],
    ['gateDenies', undefined],
  ])('refuses %s %j', (name, value) => {
    expect(() => parseConfig({ Notes: { ...notes, [name]: value } }, environment)).toThrow(`Notes.${name} is`)
  })

  it('lists everything that is wrong at once, and refuses variables that redirect or weaken', () => {
    expect(() => parseConfig({ Notes: undefined }, { AWS_ENDPOINT_URL: 'http://localhost' })).toThrow(
      /Notes\.resource[\s\S]+Notes\.clientIds[\s\S]+AWS_ENDPOINT_URL is set[\s\S]+NODE_ENV is not production/,
    )
  })
})
