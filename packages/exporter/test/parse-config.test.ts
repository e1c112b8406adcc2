import { describe, expect, it } from 'vitest'
import { parseConfig } from '../src/parse-config.ts'

const Notes = {
  resource: 'https://api.example.com/graphql',
  region: 'eu-west-1',
  accessTableName: 'fieldnotes-production-AccessTable',
  userPoolId: 'eu-west-1_AbCdEf123',
  clientIds: ['web'],
  firebaseProject: '',
  issuers: '[]',
  fieldnotesIssuer: 'https://auth.example.com/oauth',
}
const ExporterSettings = { bucket: 'fieldnotes-production-exports', clientSecret: 's'.repeat(48) }
const environment = { NODE_ENV: 'production' }

describe('parseConfig', () => {
  it('reads the stage’s own issuer, the table, the bucket and the secret', () => {
    const { config, bucket } = parseConfig({ Notes, ExporterSettings }, environment)
    expect(config).toMatchObject({
      origin: 'https://api.example.com',
      issuer: { kind: 'fieldnotes', issuer: 'https://auth.example.com/oauth' },
      access: { name: 'fieldnotes-production-AccessTable', region: 'eu-west-1' },
      clientSecret: ExporterSettings.clientSecret,
      loopbackIssuers: 'refuse',
    })
    expect(bucket).toEqual({ bucket: 'fieldnotes-production-exports', region: 'eu-west-1' })
  })

  it.each([
    ['resource', 'http://127.0.0.1:4000/graphql'],
    ['fieldnotesIssuer', 'http://127.0.0.1:4000/oauth'],
    ['fieldnotesIssuer', ''],
    ['fieldnotesIssuer', 'https://localhost/oauth'],
    ['accessTableName', undefined],
  ])('refuses %s %j, and so an issuer of a laptop', (name, value) => {
    const links = { Notes: { ...Notes, [name]: value }, ExporterSettings }
    expect(() => parseConfig(links, environment)).toThrow(`Notes.${name} is`)
  })

  it.each([
    ['bucket', ''],
    ['bucket', '../other'],
    ['clientSecret', 'short'],
    ['clientSecret', undefined],
  ])('refuses %s %j, and quotes no secret', (name, value) => {
    const links = { Notes, ExporterSettings: { ...ExporterSettings, [name]: value } }
    expect(() => parseConfig(links, environment)).toThrow(`ExporterSettings.${name} is`)
  })

  it('lists everything that is wrong at once', () => {
    const nothing = { Notes: undefined, ExporterSettings: undefined }
    expect(() => parseConfig(nothing, { AWS_ENDPOINT_URL: 'http://localhost' })).toThrow(
      /Notes\.resource[\s\S]+ExporterSettings\.bucket[\s\S]+AWS_ENDPOINT_URL is set[\s\S]+NODE_ENV/,
    )
  })
})
