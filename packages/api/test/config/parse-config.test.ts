import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Links, parseConfig } from '../../src/config/parse-config.ts'
import {
  account,
  environment,
  key,
  links,
  messageOf,
  pem,
  rsa,
  withAccount,
  withKey,
  withNotes,
  withSecrets,
} from '../support/links.ts'

describe('parseConfig', () => {
  it('reads a whole deployment', () => {
    expect(parseConfig(links, environment)).toMatchObject({
      stage: 'production',
      development: false,
      resource: 'https://api.example.com/graphql',
      table: { name: 'fieldnotes-production-Table', region: 'eu-west-1' },
      access: { name: 'fieldnotes-production-AccessTable', region: 'eu-west-1' },
      rates: { name: 'fieldnotes-production-RatesTable', region: 'eu-west-1' },
      apiKeys: 'optional',
      cursorSecrets: ['new-secret-of-at-least-thirty-two-bytes', 'old-secret-of-at-least-thirty-two-bytes'],
      firebaseServiceAccount: { projectId: 'fieldnotes-1234', clientEmail: 'a@example.com', privateKey: key },
    })
  })

  it('executes any operation unless only listed ones may be', () => {
    expect(parseConfig(links, environment).operations).toBe('any')
    expect(parseConfig(withNotes({ operations: 'listed' }), environment).operations).toBe('listed')
  })

  it('records no decisions unless a share is given', () => {
    expect(parseConfig(links, environment)).not.toHaveProperty('decisionSample')
    expect(parseConfig(withNotes({ decisionSample: '0.01' }), environment).decisionSample).toBe('0.01')
  })

  it('executes with plans unless the stage selects graphql-js', () => {
    expect(parseConfig(links, environment).executor).toBeUndefined()
    for (const executor of ['plans', 'graphql-js'])
      expect(parseConfig(withNotes({ executor }), environment).executor).toBe(executor)
  })

  it('demands a verdict of the gateway where the stage says so, knows no third word, and is not open without one', () => {
    expect(messageOf(withNotes({ gate: undefined }))).toContain('Notes.gate is missing')
    for (const gate of ['demanded', 'absent']) expect(parseConfig(withNotes({ gate }), environment).gate).toBe(gate)
    expect(messageOf(withNotes({ gate: 'off' }))).toContain('Notes.gate is not usable')
  })

  it('leaves groups open unless the stage governs them, and knows no third word', () => {
    expect(parseConfig(links, environment).groups).toBe('open')
    for (const groups of ['open', 'governed'])
      expect(parseConfig(withNotes({ groups }), environment).groups).toBe(groups)
    expect(messageOf(withNotes({ groups: 'closed' }))).toContain('Notes.groups is not usable')
  })

  it('knows the scopes that each client can get, where the stage says them', () => {
    expect(parseConfig(links, environment).clientScopes).toBeUndefined()
    const clientScopes = [
      { id: 'web', scopes: ['notes:read', 'notes:write'] },
      { id: 'console', scopes: ['notes:audit'] },
    ]
    expect(parseConfig(withNotes({ clientScopes }), environment).clientScopes).toEqual({
      web: ['notes:read', 'notes:write'],
      console: ['notes:audit'],
    })
  })

  it.each([
    ['a text', 'web', ' is not a list of clients'],
    ['null', null, ' is not a list of clients'],
    ['a client that is a text', ['web'], ' is not a list of clients'],
    ['no client', [null], ' is not a list of clients'],
    ['a client without an id', [{ id: '', scopes: ['notes:read'] }], ' is not a list of clients'],
    ['a client without scopes', [{ id: 'web', scopes: [] }], ' has no list of scopes'],
    ['a misspelt scope', [{ id: 'web', scopes: ['notes:reed'] }], ' has a scope that is none of notes:read'],
  ])('does not start with clients whose scopes are %s', (_, clientScopes, words) => {
    expect(messageOf(withNotes({ clientScopes }))).toContain(`Notes.clientScopes${words}`)
  })

  const signed = {
    identityPoolId: 'eu-west-1:11111111-2222-3333-4444-555555555555',
    webClientId: 'web',
    webScopes: ['notes:read'],
    iamServices: '',
  }

  it('answers signed requests of people of the identity pool, and of listed roles', () => {
    expect(parseConfig(links, environment).iam).toBeUndefined()
    const services = { 'arn:aws:sts::123456789012:assumed-role/reports': ['notes:read'] }
    expect(parseConfig(withNotes({ ...signed, iamServices: JSON.stringify(services) }), environment).iam).toMatchObject(
      {
        userPool: { name: 'cognito' },
        provider: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123',
        identityPoolId: signed.identityPoolId,
        clientId: 'web',
        scopes: ['notes:read'],
        services,
      },
    )
  })

  it.each([
    ['identityPoolId', 'x', ' is not usable'],
    ['webClientId', '', ' is not usable'],
    ['webScopes', 'notes:read', ' is not a list of names'],
    ['webScopes', ['openid', 'notes:read'], ' has a scope that is none of notes:read, notes:write'],
    ['webScopes', ['notes:read', 'notes:reed'], ' has a scope that is none of notes:read, notes:write'],
    ['webScopes', ['notes:read', 'notes:read'], ' has a scope twice'],
    ['iamServices', undefined, ' is missing'],
    ['iamServices', {}, ' is not usable'],
    ['iamServices', '[', ': FIELDNOTES_IAM_SERVICES is not a JSON object'],
    [
      'iamServices',
      '{"arn:aws:sts::123456789012:assumed-role/x":["notes:reed"]}',
      ': FIELDNOTES_IAM_SERVICES: role 1 has',
    ],
  ])('does not start with %s %j', (name, value, words) => {
    expect(messageOf(withNotes({ ...signed, [name]: value }))).toContain(`Notes.${name}${words}`)
  })

  it('takes a cursor key without the space around it, which a list is easily written with', () => {
    const [one, other] = ['a'.repeat(32), `${'b'.repeat(16)} ${'b'.repeat(16)}`]
    expect(parseConfig(withSecrets(` ${one}, ${other}\n`), environment).cursorSecrets).toEqual([one, other])
  })

  const noKey = 'FirebaseServiceAccount has a private_key that is no RSA key in PEM'
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  const refused: readonly [what: string, given: Links, words: string][] = [
    ['no stage', { ...links, App: undefined }, 'App.stage is missing'],
    ['plain http', withNotes({ resource: 'http://api.example.com/graphql' }), 'Notes.resource is not usable'],
    ['another path', withNotes({ resource: 'https://api.example.com/' }), 'Notes.resource is not usable'],
    ['a query', withNotes({ resource: 'https://api.example.com/graphql?x' }), 'Notes.resource is not usable'],
    ['an odd region', withNotes({ region: 'local' }), 'Notes.region is not usable'],
    ['an odd table', withNotes({ tableName: 'a b' }), 'Notes.tableName is not usable'],
    ['no second table', withNotes({ accessTableName: undefined }), 'Notes.accessTableName is missing'],
    ['an odd second table', withNotes({ accessTableName: '' }), 'Notes.accessTableName is not usable'],
    ['no table of buckets', withNotes({ ratesTableName: undefined }), 'Notes.ratesTableName is missing'],
    ['nothing said of API keys', withNotes({ apiKeys: undefined }), 'Notes.apiKeys is missing'],
    ['API keys of another kind', withNotes({ apiKeys: 'on' }), 'Notes.apiKeys is not usable'],
    ['the pool of an emulator', withNotes({ userPoolId: 'local_AbCdEf123' }), 'Notes.userPoolId is not usable'],
    ['a pool with a dash in its name', withNotes({ userPoolId: 'eu-west-1_AbC-d' }), 'Notes.userPoolId is not usable'],
    ['the pool of another region', withNotes({ userPoolId: 'us-east-1_AbC' }), 'Notes.userPoolId is not usable'],
    ['no client', withNotes({ clientIds: [] }), 'Notes.clientIds is not a list of names'],
    ['a client without a name', withNotes({ clientIds: ['web', ''] }), 'Notes.clientIds is not a list of names'],
    ['clients as text', withNotes({ clientIds: 'web' }), 'Notes.clientIds is not a list of names'],
    ['a project that is none', withNotes({ firebaseProject: 'X' }), 'Notes.firebaseProject is not usable'],
    ['an unknown executor', withNotes({ executor: 'graphql-jit' }), 'Notes.executor is not usable'],
    [
      'an unknown share of recorded requests',
      withNotes({ decisionSample: '0.5' }),
      'Notes.decisionSample is not usable',
    ],
    ['an empty executor', withNotes({ executor: '' }), 'Notes.executor is not usable'],
    ['operations that are neither', withNotes({ operations: 'some' }), 'Notes.operations is not usable'],
    ['no secret', withSecrets(undefined), 'CursorSecrets.value is missing'],
    ['an empty secret', withSecrets(''), 'key 1 is shorter than 32 bytes'],
    ['a short old secret', withSecrets(`${'a'.repeat(32)},b`), 'key 2 is shorter than 32 bytes'],
    ['a secret that is long by its spaces', withSecrets(`${'a'.repeat(31)} `), 'key 1 is shorter than 32 bytes'],
    ['a comma at the end', withSecrets(`${'a'.repeat(32)}, `), 'key 2 is shorter than 32 bytes'],
    ['a secret twice but for a space', withSecrets(`${'a'.repeat(32)}, ${'a'.repeat(32)}`), 'key 2 is there twice'],
    ['a secret twice', withSecrets(`${'a'.repeat(32)},${'a'.repeat(32)}`), 'key 2 is there twice'],
    ['an account that is not JSON', withAccount('{'), 'not the JSON of a service account'],
    ['an account that is null', withAccount('null'), 'not the JSON of a service account'],
    ['half an account', withAccount('{"project_id":"fieldnotes-1234"}'), 'not the JSON of a service account'],
    [
      'another project’s account',
      withAccount(JSON.stringify({ ...account, project_id: 'x' })),
      'not of the Firebase project',
    ],
    ['an account whose key is garbage', withKey('a private key'), noKey],
    ['an account whose key is a number', withKey(1), 'not the JSON of a service account'],
    ['an account whose key is empty', withKey(''), noKey],
    ['an account whose key was cut short', withKey(key.slice(0, -200)), noKey],
    ['an account whose key has its line ends spelled out', withKey(key.replaceAll('\n', '\\n')), noKey],
    ['an account with the public half of a key', withKey(pem(rsa.publicKey)), noKey],
    ['an account with a key that Google can’t check', withKey(pem(elliptic.privateKey)), noKey],
    ['an account without a project', { ...withNotes({ firebaseProject: '' }) }, 'not of the Firebase project'],
  ]

  it.each(refused)('refuses %s', (_, given, words) => {
    expect(messageOf(given)).toContain(words)
  })

  it.each([
    ['DYNAMODB_ENDPOINT', 'http://127.0.0.1:8000', 'environment: DYNAMODB_ENDPOINT is set'],
    ['AWS_ENDPOINT_URL', 'http://127.0.0.1:8000', 'environment: AWS_ENDPOINT_URL is set'],
    ['AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:8000', 'environment: AWS_ENDPOINT_URL_DYNAMODB is set'],
    ['NODE_ENV', 'development', 'environment: NODE_ENV is not production'],
    ['FIREBASE_AUTH_EMULATOR_HOST', '127.0.0.1:9099', 'FIREBASE_AUTH_EMULATOR_HOST points at an emulator'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0', 'NODE_TLS_REJECT_UNAUTHORIZED switches certificate checks off'],
  ])('refuses the variable %s', (name, value, words) => {
    expect(messageOf(links, { ...environment, [name]: value })).toContain(words)
  })

  it('lists everything that is wrong at once', () => {
    const nothing = { App: undefined, Notes: undefined, CursorSecrets: undefined, FirebaseServiceAccount: undefined }
    expect(messageOf(nothing, {}).split('\n- ')).toHaveLength(17)
  })

  it.each([
    ['of another project', { ...account, project_id: 'x', private_key: 'a private key' }],
    ['with a key that is none', { ...account, private_key: 'a private key' }],
  ])('quotes no secret, with an account %s', (_, given) => {
    const wrong = { ...withAccount(JSON.stringify(given)), CursorSecrets: { value: 'hidden' } }
    expect(messageOf(wrong)).toMatch(/FirebaseServiceAccount[\s\S]*CursorSecrets/)
    expect(messageOf(wrong)).not.toMatch(/hidden|a private key/)
  })
})
