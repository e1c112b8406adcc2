/** The store in S3, with the real client, at a server that speaks the few requests of S3 which it needs. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createS3Store } from '../src/store/s3-store.ts'

const objects = new Map<string, Buffer>()
const uploads = new Map<string, Map<number, Buffer>>()
let requests: string[] = []
/** Status of the next uploads of parts. */
let fails = 0
let server: Server
let endpoint = ''

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
  objects.set(key, Buffer.concat(parts))
  return `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"e"</ETag></CompleteMultipartUploadResult>`
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
  const body = unchunked(await buffer(request), request.headers['content-encoding'])
  const { method = '' } = request
  requests.push(
    `${method} ${[...searchParams.keys()]
      .filter((name) => name !== 'x-id')
      .sort()
      .join(' ')}`.trim(),
  )
  const key = pathname.replace('/archives/', '')
  if (fails > 0 && searchParams.has('partNumber')) return void response.writeHead(403).end()
  if (searchParams.has('uploads') || searchParams.has('uploadId'))
    return void response.writeHead(200, { etag: '"e"' }).end(uploadAnswer(key, searchParams, method, body))
  if (method === 'PUT') objects.set(key, body)
  if (method === 'DELETE') objects.delete(key)
  const found = objects.get(key)
  response.writeHead(method === 'GET' && !found ? 404 : 200, { etag: '"e"' }).end(method === 'GET' ? found : undefined)
}

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())
beforeEach(() => {
  objects.clear()
  requests = []
  fails = 0
})

const key = 'exports/p/x/part-0'
function store() {
  return createS3Store({ bucket: 'archives', region: 'eu-west-1', endpoint })
}

describe('the store in S3', () => {
  it('stores, reads and removes an object', async () => {
    const { put, get, remove } = store()
    await put(key, Buffer.from('{"a":1}'))
    expect(Buffer.from(await get(key)).toString()).toBe('{"a":1}')
    await remove([key])
    expect(objects.size).toBe(0)
    await expect(get(key)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('uploads a stream in parts of 5 MB, and the object exists when all of it is there', async () => {
    const bytes = Buffer.alloc(11 * 1024 * 1024, 'x')
    await store().upload(key, Readable.from(chunksOf(bytes)))
    expect(requests).toEqual(['POST uploads', ...Array(3).fill('PUT partNumber uploadId'), 'POST uploadId'])
    expect(objects.get(key)?.equals(bytes)).toBe(true)
  })

  it('leaves nothing of an upload that fails', async () => {
    fails = 1
    const failing = store().upload(key, Readable.from(chunksOf(Buffer.alloc(11 * 1024 * 1024))))
    await expect(failing).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect([requests.at(-1), objects.size]).toEqual(['DELETE uploadId', 0])
  })

  it('signs a download for its key and its seconds, as an attachment', async () => {
    await store().put(key, Buffer.from('zip'))
    const link = new URL(await store().link(key, { seconds: 60, fileName: 'export.zip' }))
    const query = Object.fromEntries(link.searchParams)
    expect([link.pathname, query['X-Amz-Expires']]).toEqual([`/archives/${key}`, '60'])
    expect(query['response-content-disposition']).toBe('attachment; filename="export.zip"')
    expect(query['X-Amz-Signature']).toMatch(/^[0-9a-f]{64}$/)
    expect(await (await fetch(link)).text()).toBe('zip')
  })

  it('is UNAVAILABLE where S3 can’t be reached', async () => {
    const lost = createS3Store({ bucket: 'archives', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' })
    await expect(lost.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

function* chunksOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
