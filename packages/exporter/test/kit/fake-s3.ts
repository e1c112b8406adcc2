/** A server that speaks the few requests of S3 which the store needs. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** What is stored, and what was requested. */
export interface FakeS3 {
  readonly objects: Map<string, Buffer>
  /** Method and names of the parameters, without those of the SDK. */
  readonly requests: string[]
  /** Whether uploads of parts are refused. */
  refusesParts: boolean
  /** Answers by path, with the bucket `archives` in it, and by host name. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** AWS's clients send bodies in signed chunks: `length;signature`, the bytes, and trailers. */
function unchunked(body: Buffer, encoding: string | undefined): Buffer {
  if (!encoding?.includes('aws-chunked')) return body
  const pieces: Buffer[] = []
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at)
    const length = Number.parseInt(body.toString('latin1', at, end), 16)
    if (!(length > 0)) return Buffer.concat(pieces)
    pieces.push(body.subarray(end + 2, end + 2 + length))
    at = end + 4 + length
  }
}

/** An empty bucket. */
export function createFakeS3(): FakeS3 {
  const uploads = new Map<string, Map<number, Buffer>>()
  const s3: FakeS3 = { objects: new Map(), requests: [], refusesParts: false, answer }

  /** Parts of an upload that exist are joined in their order. */
  function uploadAnswer(key: string, query: URLSearchParams, method: string, body: Buffer): string | undefined {
    const id = query.get('uploadId') ?? ''
    if (query.has('uploads')) {
      uploads.set('u1', new Map())
      return `<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>`
    }
    if (method === 'PUT') return void uploads.get(id)?.set(Number(query.get('partNumber')), body)
    if (method === 'DELETE') return void uploads.delete(id)
    const parts = [...(uploads.get(id) ?? [])].sort(([a], [b]) => a - b).map(([, part]) => part)
    s3.objects.set(key, Buffer.concat(parts))
    return `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"e"</ETag></CompleteMultipartUploadResult>`
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
    const body = unchunked(await buffer(request), request.headers['content-encoding'])
    const { method = '' } = request
    const names = [...searchParams.keys()].filter((name) => name !== 'x-id').sort()
    s3.requests.push(`${method} ${names.join(' ')}`.trim())
    const key = pathname.replace(/^\/(?:archives\/)?/, '')
    if (s3.refusesParts && searchParams.has('partNumber')) return void response.writeHead(403).end()
    if (searchParams.has('uploads') || searchParams.has('uploadId'))
      return void response.writeHead(200, { etag: '"e"' }).end(uploadAnswer(key, searchParams, method, body))
    objectAnswer(key, method, body, response)
  }

  function objectAnswer(key: string, method: string, body: Buffer, response: ServerResponse): void {
    if (method === 'PUT') s3.objects.set(key, body)
    if (method === 'DELETE') s3.objects.delete(key)
    const found = method === 'GET' ? s3.objects.get(key) : Buffer.alloc(0)
    response.writeHead(found ? 200 : 404, { etag: '"e"' }).end(found)
  }

  return s3
}
