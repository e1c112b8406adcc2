/** The store in a bucket of S3. The AWS SDK is loaded with the first call. */
import { AppError } from '@fieldnotes/core/error'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { ArchiveStore } from './archive-store.ts'

/** Where the bucket is. */
export interface BucketConfig {
  readonly bucket: string
  readonly region: string
  /** URL of another S3 than that of the region. */
  readonly endpoint?: string
  /** Milliseconds without a sign of S3, after which an attempt of a request ends. Default: 5,000. */
  readonly millisMax?: number
}

/** Bytes of one part of an upload: the smallest that S3 accepts (Amazon S3, "Multipart upload limits"). */
const partBytes = 5 * 1024 * 1024

/** Objects that one request deletes at most (Amazon S3, `DeleteObjects`). They are deleted one by one here. */
const removedAtOnce = 10

/** A request is sent twice at most. */
const attemptsMax = 2

/** Creates the store. It sends nothing before the first call. */
export function createS3Store({ bucket: Bucket, region, endpoint, millisMax = 5000 }: BucketConfig): ArchiveStore {
  const open = loadOnce(async () => {
    const { S3Client, ...commands } = await import('@aws-sdk/client-s3')
    const client = new S3Client({
      region,
      maxAttempts: attemptsMax,
      requestHandler: { connectionTimeout: millisMax, socketTimeout: millisMax },
      ...(endpoint && { endpoint, forcePathStyle: true }),
    })
    return { ...commands, client }
  })
  return {
    put: (Key, Body) =>
      reaching(async () => {
        const { client, PutObjectCommand } = await open()
        await client.send(new PutObjectCommand({ Bucket, Key, Body }))
      }),
    get: (Key) =>
      reaching(async () => {
        const { client, GetObjectCommand } = await open()
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
        if (!Body) throw new Error('an object without a body')
        return Body.transformToByteArray()
      }),
    upload: (Key, Body) =>
      reaching(async () => {
        const [{ client }, { Upload }] = await Promise.all([open(), import('@aws-sdk/lib-storage')])
        // One part at a time, so that memory holds two at most. A failed upload is aborted, and leaves no object.
        await new Upload({ client, params: { Bucket, Key, Body }, partSize: partBytes, queueSize: 1 }).done()
      }),
    remove: async (keys) => {
      for (let at = 0; at < keys.length; at += removedAtOnce)
        await reaching(async () => {
          const { client, DeleteObjectCommand } = await open()
          const some = keys.slice(at, at + removedAtOnce)
          await Promise.all(some.map((Key) => client.send(new DeleteObjectCommand({ Bucket, Key }))))
        })
    },
    link: (Key, { seconds, fileName }) =>
      reaching(async () => {
        const [{ client, GetObjectCommand }, { getSignedUrl }] = await Promise.all([
          open(),
          import('@aws-sdk/s3-request-presigner'),
        ])
        const ResponseContentDisposition = `attachment; filename="${fileName}"`
        const command = new GetObjectCommand({ Bucket, Key, ResponseContentDisposition })
        return getSignedUrl(client, command, { expiresIn: seconds })
      }),
  }
}

async function reaching<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw new AppError('UNAVAILABLE', 'the store of archives is out of reach', { cause })
  }
}
