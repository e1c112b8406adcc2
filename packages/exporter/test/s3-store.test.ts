/** The store in S3, with the real client, at a server that speaks the few requests of S3 which it needs. */

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createS3Store } from '../src/store/s3-store.ts'
import { createFakeS3 } from './kit/fake-s3.ts'

let s3 = createFakeS3()
let server: Server
let endpoint = ''

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  server = createServer((request, response) => s3.answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())
beforeEach(() => {
  s3 = createFakeS3()
})

const bucket = { bucket: 'archives', region: 'eu-west-1' }
const key = 'exports/p/x/part-0'
function store() {
  return createS3Store({ ...bucket, endpoint })
}

describe('the store in S3', () => {
  it('stores, reads and removes an object', async () => {
    const { put, get, remove } = store()
    await put(key, Buffer.from('{"a":1}'))
    expect(Buffer.from(await get(key)).toString()).toBe('{"a":1}')
    await remove([key])
    expect(s3.objects.size).toBe(0)
    await expect(get(key)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('uploads a stream in parts of 5 MB, and the object exists when all of it is there', async () => {
    const bytes = Buffer.alloc(11 * 1024 * 1024, 'x')
    await store().upload(key, Readable.from(chunksOf(bytes)))
    expect(s3.requests).toEqual(['POST uploads', ...Array(3).fill('PUT partNumber uploadId'), 'POST uploadId'])
    expect(s3.objects.get(key)?.equals(bytes)).toBe(true)
  })

  it('leaves nothing of an upload that fails', async () => {
    s3.refusesParts = true
    const failing = store().upload(key, Readable.from(chunksOf(Buffer.alloc(11 * 1024 * 1024))))
    await expect(failing).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect([s3.requests.at(-1), s3.objects.size]).toEqual(['DELETE uploadId', 0])
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
    const lost = createS3Store({ ...bucket, endpoint: 'http://127.0.0.1:9' })
    await expect(lost.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it.each(['put', 'get', 'remove', 'upload'] as const)('ends %s where S3 says nothing', async (name) => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const at = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const { put, get, remove, upload } = createS3Store({ ...bucket, endpoint: at, millisMax: 50 })
    const calls = {
      put: () => put(key, Buffer.from('x')),
      get: () => get(key),
      remove: () => remove([key]),
      upload: () => upload(key, Readable.from([Buffer.from('x')])),
    }
    await expect(calls[name]()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    silent.closeAllConnections()
    silent.close()
  })
})

function* chunksOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
