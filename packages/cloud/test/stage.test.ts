import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { evaluate } from '../src/graph/evaluate.ts'
import type { Graph } from '../src/graph/graph.ts'
import { requiredSecrets } from '../src/required-secrets.ts'

const origins = { FIELDNOTES_ORIGINS: 'https://notes.example.com' }

afterEach(() => vi.unstubAllEnvs())

describe('stage', () => {
  it('is protected and kept in production alone', () => {
    expect(inject('production').app).toMatchObject({ removal: 'retain', protect: true })
    expect(inject('preview').app).toMatchObject({ removal: 'remove', protect: false })
  })

  it('is where it says, and tags what it owns', () => {
    const { providers, name } = inject('production').app
    expect(name).toBe('fieldnotes')
    expect(providers.aws).toEqual({
      region: 'eu-west-1',
      defaultTags: { tags: { project: 'fieldnotes', stage: 'production' } },
    })
  })

  it('prints what an app needs, and nothing secret', () => {
    expect(Object.keys(inject('production').outputs).filter((name) => !name.startsWith('_'))).toEqual([
      'endpoint',
      'issuer',
      'origin',
      'signIn',
      'userPool',
      'webClient',
      'consoleClient',
      'machineClient',
      'identityPool',
      'table',
      'accessTable',
      'dashboard',
    ])
  })

  it('of a person needs no setting but the secret', () => {
    const api = inject('personal').resources.find(({ type }) => type === 'aws:apigatewayv2/api:Api')
    const allowOrigins = [3000, 4173, 5173, 8080].map((port) => `http://localhost:${port}`)
    expect(api?.inputs.corsConfiguration).toMatchObject({ allowOrigins })
  })

  it.each([
    ['FIELDNOTES_DOMAIN', 'api.elsewhere.example.com'],
    ['FIELDNOTES_PROVISIONED', 'many'],
    ['SST_SECRET_GoogleClientId', 'half a provider'],
  ])('is as configured, whatever the shell of an operator has in %s', async (name, value) => {
    vi.stubEnv(name, value)
    const { resources } = await evaluate({ stage: 'alice', secrets: requiredSecrets })
    const urnsOf = (graph: Pick<Graph, 'resources'>) => graph.resources.map(({ urn }) => urn).sort()
    expect(urnsOf({ resources })).toEqual(urnsOf(inject('personal')))
  })

  it('of a person has a client of programs where a setting requests one, and its tokens are accepted', async () => {
    const { outputs, resources, builds } = await evaluate({
      stage: 'alice',
      secrets: requiredSecrets,
      env: { FIELDNOTES_MACHINE: 'on' },
    })
    const { id } = resources.find(({ name }) => name === 'MachineClient') ?? {}
    expect(outputs).toMatchObject({ machineClient: id })
    expect(builds.Graphql?.links.Notes?.clientIds).toContain(id)
    const { outputs: without } = inject('personal')
    expect([without.machineClient, without.dashboard]).toEqual([undefined, undefined])
  })

  it('reserves as many instances of the account as the page says', () => {
    const functions = inject('production').resources.filter(({ type }) => type === 'aws:lambda/function:Function')
    const reserved = functions.map(({ inputs }) => Number(inputs.reservedConcurrentExecutions ?? 0))
    const page = readFileSync(join(import.meta.dirname, '../../../docs/deploy.md'), 'utf8')
    expect(page).toContain(`it reserves ${reserved.reduce((sum, each) => sum + each, 0)} concurrent executions`)
  })

  it('has an address of its own for the sign-in pages, which AWS accepts and which hides the account', () => {
    const type = 'aws:cognito/userPoolDomain:UserPoolDomain'
    const domains = [inject('production'), inject('preview'), inject('personal')].map(
      ({ resources }) => resources.find((each) => each.type === type)?.inputs.domain,
    )
    expect(new Set(domains).size).toBe(3)
    for (const domain of domains) {
      expect(domain).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
      expect(domain).not.toMatch(/\d{12}|aws|amazon|cognito/)
    }
  })

  it('is refused with a setting that can’t be used, in our words', async () => {
    const env = { ...origins, FIELDNOTES_PROVISIONED: '101' }
    await expect(evaluate({ stage: 'production', secrets: requiredSecrets, env })).rejects.toThrow(
      /FIELDNOTES_PROVISIONED can't be 101/,
    )
  })

  it('is refused with a setting that the terminal exported past its file, where data is kept', async () => {
    const env = { ...origins, FIELDNOTES_TABLE: 'notes-of-alice' }
    const settingsFile = 'FIELDNOTES_ORIGINS=https://notes.example.com'
    const message = /not in the stage's .env file: FIELDNOTES_TABLE/
    await expect(evaluate({ stage: 'production', secrets: requiredSecrets, env, settingsFile })).rejects.toThrow(
      message,
    )
    await expect(evaluate({ stage: 'alice', secrets: requiredSecrets, env, settingsFile })).resolves.toBeDefined()
  })

  it('is refused without the secret, in SST’s own words', async () => {
    await expect(evaluate({ stage: 'production', env: origins })).rejects.toThrow(
      /sst secret set (ClientSecrets|CursorSecrets)/,
    )
  })

  it('is refused with half of a provider', async () => {
    const half = { ...requiredSecrets, GoogleClientId: 'google-client' }
    await expect(evaluate({ stage: 'production', secrets: half, env: origins })).rejects.toThrow(
      /Google: set all of GoogleClientId, GoogleClientSecret/,
    )
  })
})
