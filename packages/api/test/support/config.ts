/** The configuration of an endpoint that the tests build themselves. */
import type { Config } from '../../src/config/config.ts'

export const testConfig: Config = {
  stage: 'test',
  development: false,
  resource: 'https://api.example.com/graphql',
  issuers: [
    {
      kind: 'oidc',
      name: 'own',
      issuer: 'https://issuer.example.com',
      jwksUri: 'https://issuer.example.com/keys',
      audience: 'https://api.example.com/graphql',
      algorithms: ['RS256'],
      scopes: {},
    },
  ],
  table: { name: 'notes', region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' },
  operations: 'any',
  executor: undefined,
  cursorSecrets: ['a secret for the tests, long enough to be one'],
}
