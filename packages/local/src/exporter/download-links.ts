/** Signed URLs of the laptop's bucket, in the place of the presigned ones of S3: by the URL alone, for a short time. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { LinkOptions } from '@fieldnotes/exporter/archive-store'

/** Path of the bucket, below which keys follow. */
export const bucketPath = '/aws/s3/'

/** Returns the URL of a download. */
export type SignLink = (key: string, options: LinkOptions) => string

/** A download whose signature matches and whose time is not over. */
export interface Download {
  readonly key: string
  readonly fileName: string
}

/** Signs and checks URLs. */
export interface DownloadLinks {
  readonly sign: SignLink
  /** Undefined for a URL that was changed, and for one whose time is over. */
  readonly open: (url: URL) => Download | undefined
}

/** The links of one data folder. `clock` returns milliseconds since the epoch. */
export function createDownloadLinks(origin: string, folderSecret: string, clock: () => number): DownloadLinks {
  const signatureOf = (...parts: readonly string[]) =>
    createHmac('sha256', folderSecret)
      .update(JSON.stringify(['download', ...parts]))
      .digest('base64url')
  return {
    sign: (key, { seconds, fileName }) => {
      const expires = String(Math.floor(clock() / 1000) + seconds)
      const query = new URLSearchParams({ expires, name: fileName, signature: signatureOf(key, expires, fileName) })
      return `${origin}${bucketPath}${key}?${query}`
    },
    open: ({ pathname, searchParams }) => {
      const key = pathname.slice(bucketPath.length)
      const [expires = '', fileName = '', signature = ''] = ['expires', 'name', 'signature'].map(
        (name) => searchParams.get(name) ?? '',
      )
      const expected = Buffer.from(signatureOf(key, expires, fileName))
      const given = Buffer.from(signature)
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
      return isOurs && Number(expires) * 1000 > clock() ? { key, fileName } : undefined
    },
  }
}
