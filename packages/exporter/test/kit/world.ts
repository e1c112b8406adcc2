/** Exporters of one table and one store, each of which can be killed at any step. */
import { text as textOf } from 'node:stream/consumers'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { createExporter, type ExporterOptions } from '../../src/create-exporter.ts'
import type { ExporterConfig } from '../../src/exporter-config.ts'
import type { ArchiveStore } from '../../src/store/archive-store.ts'
import { createFarSide, issuer, origin } from './far-side.ts'

/** A configuration without faults. */
export function configWith(access: TableConfig): ExporterConfig {
  const row = { kind: 'fieldnotes', name: 'fieldnotes', issuer, jwksUri: `${issuer}/jwks` } as const
  const scopes = { 'notes:read': ['notes:read'], 'notes:write': ['notes:write'] }
  return {
    ...{ origin, access, clientSecret: 's'.repeat(32), loopbackIssuers: 'refuse' },
    issuer: { ...row, scopes, firstPartyClientIds: [] },
  }
}

/** A store in memory. */
export function memoryStore(): ArchiveStore & { readonly objects: Map<string, Uint8Array> } {
  const objects = new Map<string, Uint8Array>()
  return {
    objects,
    put: async (key, body) => void objects.set(key, body),
    get: async (key) => objects.get(key) ?? Promise.reject(new Error('no such object')),
    upload: async (key, body) => void objects.set(key, Buffer.from(await textOf(body.setEncoding('latin1')), 'latin1')),
    remove: async (keys) => keys.forEach((key) => void objects.delete(key)),
    link: async (key, { seconds }) => `https://bucket.example.com/${key}?seconds=${seconds}`,
  }
}

/** Kills a process at a step, before or after its effect: from then on nothing that it does has an effect. */
export interface Kill {
  readonly step: number
  readonly when: 'before' | 'after'
}

/** Counts steps. */
function steps(kill: Kill | undefined) {
  let count = 0
  let isDead = false
  const die = () => {
    isDead = true
    throw new Error('killed')
  }
  return {
    count: () => count,
    through: async <T>(act: () => Promise<T>): Promise<T> => {
      if (isDead) return die()
      const isLast = count === kill?.step
      count += 1
      if (isLast && kill?.when === 'before') return die()
      const result = await act()
      return isLast ? die() : result
    },
  }
}

/** An answer of the exporter. */
export interface Answered {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

/** The far side, the store, and exporters. */
export function createWorld(access: TableConfig, work: ExporterOptions['work'] = 'inside') {
  const far = createFarSide()
  const store = memoryStore()
  const lines: string[] = []
  const clock = { ahead: 0 }
  /** Milliseconds of the waits, by which the clock is moved: no time passes. */
  const waits: number[] = []
  const wait = async (millis: number) => {
    waits.push(millis)
    clock.ahead += millis
  }
  const log = (...line: unknown[]) => void lines.push(JSON.stringify(line))
  /** A process. Its steps are the requests that it sends, and its calls of the store. */
  const start = (kill?: Kill) => {
    const { through, count } = steps(kill)
    const counted: ArchiveStore = {
      ...store,
      put: (...args) => through(() => store.put(...args)),
      upload: (...args) => through(() => store.upload(...args)),
      remove: (...args) => through(() => store.remove(...args)),
    }
    const isKeys = (input: unknown) => String(input) === `${issuer}/jwks`
    const sends: typeof fetch = (input, init) =>
      isKeys(input) ? far.fetch(input, init) : through(() => far.fetch(input, init))
    const now = () => Date.now() + clock.ahead
    const options = { store: counted, work, log, environment: {}, fetch: sends, clock: now, wait }
    const handle = createExporter(configWith(access), options)
    const call = async (method: string, target: string, token?: string, more: object = {}): Promise<Answered> => {
      const rawPath = target.replace(origin, '')
      const headers = token ? { authorization: `Bearer ${token}` } : {}
      const requestContext = { requestId: 'r-1', stage: '$default', http: { method } }
      const event = { rawPath, rawQueryString: '', headers, requestContext, ...more } as APIGatewayProxyEventV2
      const { statusCode, headers: found = {}, body } = await handle(event)
      return { status: statusCode, headers: found, body: body ? JSON.parse(body) : {} }
    }
    return { call, count }
  }
  return { far, store, lines, clock, waits, start }
}

export type World = ReturnType<typeof createWorld>
