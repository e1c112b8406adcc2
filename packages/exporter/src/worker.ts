/** Works on exports with the token of its request, which is stored nowhere. */
import { createGraphqlClient } from '@fieldnotes/client/graphql-client'
import { NoAnswer } from '@fieldnotes/client/no-answer'
import { type ExchangeClient, type Exchanged, ExchangeRefused, exchangeToken } from '@fieldnotes/client/token-exchange'
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Actor, User } from '@fieldnotes/core/principal'
import type { ExporterConfig } from './exporter-config.ts'
import { readScope } from './exporter-identity.ts'
import type { Event } from './http/exporter-request.ts'
import type { Job, JobStore } from './jobs/job-store.ts'
import { runExport } from './run-export.ts'
import type { ArchiveStore } from './store/archive-store.ts'

/** Works on exports. */
export interface Worker {
  /** Whether this process works on the export now. */
  readonly isAt: (job: Job) => boolean
  /**
   * Exchanges the token of the request, and works. Resolves when the request may be answered.
   * @throws UNAUTHENTICATED when the issuer refuses the token; UNAVAILABLE when the issuer gives no answer
   */
  readonly work: (job: Job, person: User, event: Event) => Promise<void>
}

/** What the work needs. */
export interface WorkParts {
  readonly jobs: JobStore
  readonly store: ArchiveStore
  readonly clock: () => number
  readonly log: Log
  readonly fetch?: typeof globalThis.fetch
  readonly work: 'inside' | 'after'
  readonly wait?: (millis: number) => Promise<void>
}

/** Milliseconds for which a request works before it is answered. */
const insideMs = 5000

/** Largest page of the endpoint in bytes: 1,000,000 of contents, which JSON can write six times as long. */
const pageBytesMax = 16 * 1024 * 1024

const clientId = 'exporter'

/** Creates the worker of a process, which works on an export once at a time. */
export function createWorker({ origin, issuer, clientSecret }: ExporterConfig, parts: WorkParts): Worker {
  const { clock, log, fetch, work } = parts
  const endpoint = `${origin}/graphql`
  const bounds = fetch ? { fetch } : {}
  const exchange = { tokenEndpoint: `${issuer.issuer}/token`, clientId, clientSecret, ...bounds }
  const running = new Map<string, Promise<void>>()
  return {
    isAt: ({ id }) => running.has(id),
    work: async (job, person, event) => {
      const { requestId } = event.requestContext
      const { token, lifetimeSeconds } = await exchangedFor(tokenOf(event), endpoint, exchange)
      log('info', 'export.request', { requestId, ...factsOf(person) })
      const client = createGraphqlClient({ url: endpoint, token: () => token, bytesMax: pageBytesMax, ...bounds })
      const tokenEnd = clock() + lifetimeSeconds * 1000
      const until = work === 'inside' ? Math.min(tokenEnd, clock() + insideMs) : tokenEnd
      const run = running.get(job.id) ?? runExport(parts, { job, client, until }).finally(() => running.delete(job.id))
      running.set(job.id, run)
      if (work === 'inside') await run
    },
  }
}

/** The token that `identity` has verified. */
function tokenOf({ headers }: Event): string {
  return (headers.authorization ?? '').replace(/^bearer +/i, '')
}

async function exchangedFor(token: string, resource: string, client: ExchangeClient): Promise<Exchanged> {
  try {
    return await exchangeToken(token, { resource, scopes: [readScope] }, client)
  } catch (cause) {
    if (cause instanceof ExchangeRefused && cause.code === 'invalid_request')
      throw new AppError('UNAUTHENTICATED', 'exchange_refused', { cause })
    if (cause instanceof ExchangeRefused || cause instanceof NoAnswer)
      throw new AppError('UNAVAILABLE', 'exchange_failed', { cause })
    throw cause
  }
}

/** For the log: who, for whom, with which scopes. */
function factsOf({ id, actor, scopes }: User) {
  return { sub: id, act: chainOf(actor), scope: [...scopes].join(' ') }
}

/** The current actor first. */
function chainOf(actor: Actor | undefined): string {
  return actor ? [actor.subject, ...(actor.actor ? [chainOf(actor.actor)] : [])].join(' ') : ''
}
