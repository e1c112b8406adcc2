/** The deployed exporter: its rights, its bucket, and what it is configured with. */
import { parseConfig as parseEndpoint } from '@fieldnotes/api/parse-config'
import { assertExporterConfig } from '@fieldnotes/exporter/exporter-config'
import { parseConfig } from '@fieldnotes/exporter/parse-config'
import { digestOf } from '@fieldnotes/table/digest'
import { describe, expect, inject, it } from 'vitest'
import { exporter as built } from '../src/deployed.ts'
import type { Graph } from '../src/graph/graph.ts'
import { requiredSecrets } from '../src/required-secrets.ts'
import { all, onAccess, one, statementsOf } from './find-resources.ts'

const graph = inject('production')
const stages = [graph, inject('everything'), inject('preview'), inject('personal')]
const environment = { NODE_ENV: 'production' }

function linksOf(of: Graph, name: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return (of.builds[name]?.links ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

function configOf(of: Graph) {
  const { Notes, ExporterSettings } = linksOf(of, 'Exporter')
  return parseConfig({ Notes, ExporterSettings }, environment)
}

describe('the exporter', () => {
  it('is built as its own tests build it', () => {
    const { handler, properties } = built
    expect(graph.builds.Exporter).toMatchObject({ handler, properties: { ...properties, architecture: 'arm64' } })
  })

  it('may work for as long as the archive of many notes takes, which no request waits for', () => {
    expect(one(graph, 'aws:lambda/function:Function', 'ExporterFunction').inputs).toMatchObject({
      timeout: 900,
      memorySize: 512,
    })
  })

  it('may touch its jobs and its objects, read revocations and write its log, and has no right to notes', () => {
    const { id } = one(graph, 'aws:s3/bucket:Bucket', 'ExportsBucket')
    expect(id).toBeDefined()
    expect(statementsOf(one(graph, 'aws:iam/role:Role', 'ExporterRole'))).toEqual([
      onAccess(graph, 'REVOKED', 'Query'),
      onAccess(graph, 'EXPORT#*', 'GetItem', 'PutItem', 'Query'),
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
        Resource: [expect.stringMatching(/ExportsBucket\/exports\/\*$/)],
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:/fieldnotes/production/exporter:*'],
      },
    ])
  })

  it('is the only function that touches a bucket', () => {
    const users = all(graph, 'aws:iam/role:Role').filter((role) => JSON.stringify(statementsOf(role)).includes('s3:'))
    expect(users.map(({ name }) => name)).toEqual(['ExporterRole'])
  })

  it.each(stages)('starts with its settings, and believes the stage’s own issuer alone', (of) => {
    const { config, bucket } = configOf(of)
    expect(() => assertExporterConfig(config)).not.toThrow()
    expect(config).toMatchObject({
      origin: new URL(String(linksOf(of, 'Exporter').Notes?.resource)).origin,
      issuer: { kind: 'fieldnotes', issuer: of.outputs.issuer },
      loopbackIssuers: 'refuse',
    })
    expect(bucket.bucket).toBe(one(of, 'aws:s3/bucket:Bucket', 'ExportsBucket').inputs.bucket)
  })

  it.each(stages)(
    'and the endpoint have a secret each, whose digest the issuer has, and not the root of both',
    (of) => {
      const digests = JSON.parse(String(linksOf(of, 'Issuer').IssuerSettings?.secretDigests))
      expect(digests.exporter).toEqual([digestOf(configOf(of).config.clientSecret)])
      const { Notes, CursorSecrets, FirebaseServiceAccount, ApiClient } = linksOf(of, 'Graphql')
      const links = { App: { stage: 'production' }, Notes, CursorSecrets, FirebaseServiceAccount, ApiClient }
      const { downstream } = parseEndpoint(links, environment)
      expect(digests['fieldnotes-api']).toEqual([digestOf(downstream?.clientSecret ?? '')])
      expect(downstream).toMatchObject({
        tokenEndpoint: `${of.outputs.issuer}/token`,
        exporter: `${configOf(of).config.origin}/exporter`,
      })
      for (const name of Object.keys(of.builds))
        expect(JSON.stringify(linksOf(of, name))).not.toContain(requiredSecrets.ClientSecrets)
    },
  )
})

describe('the bucket of exports', () => {
  it.each(stages)('is private, encrypted, without versions or pages that read it, and refuses plain HTTP', (of) => {
    expect(one(of, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').inputs).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    })
    const encrypted = one(of, 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration')
    expect(encrypted.inputs.rules).toEqual([{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }])
    expect(of.resources.filter(({ type }) => /bucketVersioning|bucketCors/.test(type))).toEqual([])
    const { Statement } = JSON.parse(String(one(of, 'aws:s3/bucketPolicy:BucketPolicy').inputs.policy))
    expect(Statement).toMatchObject([
      { Effect: 'Deny', Action: ['s3:*'], Condition: { Bool: { 'aws:SecureTransport': ['false'] } } },
    ])
  })

  it.each(stages)('forgets archives after two days, and unfinished uploads after one', (of) => {
    const { rules } = one(of, 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration').inputs
    expect(rules).toEqual([
      {
        id: 'expire',
        status: 'Enabled',
        expiration: { days: 2 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ])
  })

  it('is emptied with its stage where nothing is kept', () => {
    const forced = stages.map((of) => one(of, 'aws:s3/bucket:Bucket', 'ExportsBucket').inputs.forceDestroy)
    expect(forced).toEqual([false, false, true, true])
  })
})
