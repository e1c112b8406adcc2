/** Where parts and archives are stored: S3, or a folder on the laptop. */
import type { Readable } from 'node:stream'

/** A download by its URL alone. */
export interface LinkOptions {
  /** Seconds for which the URL can be used. */
  readonly seconds: number
  /** Name under which a browser stores the file. */
  readonly fileName: string
}

/**
 * Objects by key. A key begins with `exports/`, and its last part is random: no object is written twice. Every call
 * rejects with UNAVAILABLE when the store can't be reached.
 */
export interface ArchiveStore {
  readonly put: (key: string, body: Uint8Array) => Promise<void>
  readonly get: (key: string) => Promise<Uint8Array>
  /** Stores a stream without holding it in memory. The object exists when all of it is stored, and not before. */
  readonly upload: (key: string, body: Readable) => Promise<void>
  readonly remove: (keys: readonly string[]) => Promise<void>
  /** A URL from which the object can be fetched without further credentials. */
  readonly link: (key: string, options: LinkOptions) => Promise<string>
}
