import { join } from 'node:path'

/** The repository that is looked at: this one, or a changed copy of it named by `FIELDNOTES_ROOT`. */
export const root = process.env.FIELDNOTES_ROOT ?? join(import.meta.dirname, '../../..')

/** SST's own components and the providers they stand on, as `sst install` lays them down. */
export const platform = join(import.meta.dirname, '../../../.sst/platform')

/** What the platform's installer notes of providers. */
export const providerLock = join(platform, '../provider-lock.json')

/** Binaries of this package's dependencies. */
export function bin(name: string): string {
  return join(import.meta.dirname, '../node_modules/.bin', name)
}
