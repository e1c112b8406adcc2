import { parseConfig } from '@fieldnotes/api/parse-config'
import { describe, expect, it } from 'vitest'
import { stageIssuerNames } from '../../src/admin/stage-links.ts'

const notes = {
  resource: 'https://api.example.com/graphql',
  region: 'eu-west-1',
  tableName: 'notes',
  accessTableName: 'access',
  ratesTableName: 'rates',
  apiKeys: 'optional',
  userPoolId: 'eu-west-1_Abc',
  clientIds: ['web'],
  operations: 'any',
  gate: 'demanded',
  firebaseProject: '',
}

const issuers = JSON.stringify(
  ['keycloak', 'auth0'].map((name) => ({
    name,
    issuer: `https://${name}.example.com/`,
    jwksUri: `https://${name}.example.com/jwks`,
    audience: 'notes',
    clientIds: ['web'],
  })),
)

function namesInConfig(link: object): readonly string[] {
  const links = {
    App: { stage: 'alice' },
    Notes: link,
    CursorSecrets: { value: 's'.repeat(32) },
    FirebaseServiceAccount: { value: '' },
  }
  return parseConfig(links, { NODE_ENV: 'production' }).issuers.map(({ name }) => name)
}

describe('stageIssuerNames', () => {
  it.each([
    ['no more than the pool', {}, 1],
    ['an empty list', { issuers: '', fieldnotesIssuer: '' }, 1],
    ['Firebase', { firebaseProject: 'notes-1' }, 2],
    ['its own issuer', { fieldnotesIssuer: 'https://id.example.com/oauth' }, 2],
    ['others', { issuers }, 3],
    ['all', { issuers, firebaseProject: 'notes-1', fieldnotesIssuer: 'https://id.example.com/oauth' }, 5],
  ])('are those that the stage’s function trusts: %s', (_what, members, count) => {
    const link = { ...notes, ...members }
    const names = stageIssuerNames('alice', { SST_RESOURCE_Notes: JSON.stringify(link) })
    expect(names).toEqual(namesInConfig(link))
    expect(names).toHaveLength(count)
  })
})
