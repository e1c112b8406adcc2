import { join } from 'node:path'

/** Root of the repository under test: this one, or the changed copy in `FIELDNOTES_ROOT`. */
export const root = process.env.FIELDNOTES_ROOT ?? join(import.meta.dirname, '../../..')

/** SST's components and their providers, as `sst install` writes them. */
export const platform = join(import.meta.dirname, '../../../.sst/platform')

/** Record of installed providers, written by the platform's installer. */
export const providerLock = join(platform, '../provider-lock.json')

/** Path of an executable among this package's dependencies. */
export function bin(name: string): string {
  return join(import.meta.dirname, '../node_modules/.bin', name)
}
