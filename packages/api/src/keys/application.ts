/** An application: a program of a partner or of this product, with the API keys by which it is recognized. */
import type { Principal } from '@fieldnotes/core/principal'
import type { RateLimit } from '@fieldnotes/table/rate-limits'
import { isApplicationId } from './api-key.ts'

/** A key as it is stored. */
export interface StoredKey {
  /** SHA-256 of the key in base64url. */
  readonly digest: string
  /** Seconds since the epoch. */
  readonly createdAt: number
  /** The second from which on the key is refused. */
  readonly endsAt: number
}

/** An application with its keys. It is never a person, and gives no right to read anything. */
export interface Application {
  /** 1 to 32 lower-case letters and digits. */
  readonly id: string
  /** The stage for which its keys were made. */
  readonly stage: string
  /** The clients whose tokens its keys may accompany, as `issuer:client_id`. */
  readonly clients: readonly string[]
  /** At most two, while one replaces the other. */
  readonly keys: readonly StoredKey[]
  /** In the place of the limits of the table in `limit-table.ts`. */
  readonly limits?: Partial<RateLimit>
}

/** Keys that are valid at one time. */
export const keysMax = 2

const clientsMax = 20
const limitMax = 1_000_000_000
const secondMax = 1_000_000

function isWhole(value: unknown, max: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= max
}

/** Limit → whether a value of an application's item is one. */
const limitChecks: Readonly<Record<keyof RateLimit, (value: unknown) => boolean>> = {
  burst: (value) => isWhole(value, limitMax),
  perSecond: (value) => isWhole(value, secondMax),
  perDay: (value) => isWhole(value, limitMax * 1000),
}

function isLimits(value: unknown): boolean {
  if (value === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).every(
    ([name, limit]) => Object.hasOwn(limitChecks, name) && limitChecks[name as keyof RateLimit](limit),
  )
}

/** `issuer:client_id`, in the characters of both. */
function isClient(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,31}:[!-~]{1,128}$/.test(value)
}

function isStoredKey(value: unknown): boolean {
  const { digest, createdAt, endsAt } = (value ?? {}) as Partial<Record<keyof StoredKey, unknown>>
  return typeof digest === 'string' && /^[\w-]{43}$/.test(digest) && isWhole(createdAt, 1e11) && isWhole(endsAt, 1e11)
}

function isListOf(value: unknown, min: number, max: number, isEntry: (entry: unknown) => boolean): boolean {
  if (!Array.isArray(value) || value.length < min || value.length > max) return false
  return value.every(isEntry) && new Set(value).size === value.length
}

/** An application that has not been checked. */
export type ApplicationCandidate = Readonly<Record<keyof Application, unknown>>

/** Returns one sentence for each fault of an application. */
export function applicationFaults({ id, stage, clients, keys, limits }: ApplicationCandidate): readonly string[] {
  return [
    ...(typeof id === 'string' && isApplicationId(id) ? [] : ['the id is not 1 to 32 lower-case letters and digits']),
    ...(typeof stage === 'string' && stage !== '' ? [] : ['the stage is missing']),
    ...(isListOf(clients, 1, clientsMax, isClient)
      ? []
      : [`the clients are not 1 to ${clientsMax} of the form issuer:client_id, each once`]),
    ...(isListOf(keys, 0, keysMax, isStoredKey) ? [] : [`the keys are not at most ${keysMax} digests with their ends`]),
    ...(isLimits(limits)
      ? []
      : [`a limit is not a whole number: burst up to ${limitMax}, rate up to ${secondMax}, day up to ${limitMax}000`]),
  ]
}

/** The client of a caller as applications list it; undefined for callers whose token names none. */
export function clientOf(principal: Principal): string | undefined {
  if (principal.kind === 'anonymous' || principal.clientId === undefined) return undefined
  return `${principal.issuer}:${principal.clientId}`
}
