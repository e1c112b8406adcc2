import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { account } from './graph/resource-state.ts'

/** The running services. */
export interface Aws {
  readonly url: string
  close(): void
}

interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Buffer
}

/**
 * The AWS services that SST's command line itself calls, in memory on 127.0.0.1: SSM (parameters), S3 (objects) and STS
 * (`GetCallerIdentity`).
 */
export async function serveAws(): Promise<Aws> {
  const parameters = new Map<string, string>([['/sst/bootstrap', JSON.stringify(bootstrap)]])
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const call = await callOf(request)
    const target = String(request.headers['x-amz-target'] ?? '')
    if (target.startsWith('AmazonSSM.'))
      return answerParameter(target.slice(10), JSON.parse(call.body.toString()))(parameters, response)
    if (call.body.includes('Action=GetCallerIdentity')) return response.end(identity)
    return answerObject(call, objects, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** State of an account in which SST has been bootstrapped. */
const bootstrap = {
  version: 99,
  asset: 'sst-asset',
  state: 'sst-state',
  assetEcrRegistryId: account,
  assetEcrUrl: `${account}.dkr.ecr.us-east-1.amazonaws.com/sst-asset`,
  appsyncHttp: '',
  appsyncRealtime: '',
}

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::${account}:root</Arn><UserId>x</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

type ParameterCall = (parameters: Map<string, string>, response: ServerResponse) => unknown

interface ParameterRequest {
  readonly Name: string
  readonly Value: string
  readonly Path: string
}

function answerParameter(operation: string, { Name, Value, Path }: ParameterRequest): ParameterCall {
  const reply = (response: ServerResponse, body: object, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body))
  const parameter = (name: string, value: string) => ({ Name: name, Type: 'String', Value: value, Version: 1 })
  const calls: Readonly<Record<string, ParameterCall>> = {
    GetParameter: (parameters, response) => {
      const value = parameters.get(Name)
      return value === undefined
        ? reply(response, { __type: 'ParameterNotFound', message: Name }, 400)
        : reply(response, { Parameter: parameter(Name, value) })
    },
    PutParameter: (parameters, response) => reply(response, { Version: Number(parameters.set(Name, Value).size > 0) }),
    DeleteParameter: (parameters, response) => reply(response, { Deleted: parameters.delete(Name) }),
    GetParametersByPath: (parameters, response) => {
      const found = [...parameters].filter(([name]) => name.startsWith(Path))
      return reply(response, { Parameters: found.map(([name, value]) => parameter(name, value)) })
    },
  }
  return calls[operation] ?? ((_, response) => reply(response, { __type: 'UnknownOperation' }, 400))
}

function answerObject({ method, path, query, body }: Call, objects: Map<string, Buffer>, response: ServerResponse) {
  response.setHeader('ETag', '"x"')
  if (method === 'PUT' || method === 'POST') return response.end(objects.set(path, body) && undefined)
  if (method === 'DELETE') return response.writeHead(objects.delete(path) ? 204 : 204).end()
  if (query.has('list-type')) return response.end(listing(path, query.get('prefix') ?? '', objects))
  const found = objects.get(path)
  if (found) return response.setHeader('content-length', found.length).end(method === 'HEAD' ? undefined : found)
  const missing = `<Error><Code>NoSuchKey</Code><Message>no such key</Message><Key>${path}</Key></Error>`
  return response.writeHead(404, { 'content-type': 'application/xml' }).end(missing)
}

function listing(path: string, prefix: string, objects: ReadonlyMap<string, Buffer>): string {
  const bucket = `${path.replace(/\/$/, '')}/`
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(bucket + prefix))
    .map((key) => key.slice(bucket.length))
  const contents = keys.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"x"</ETag><Size>1</Size></Contents>`,
  )
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>${keys.length}</KeyCount>${contents.join('')}</ListBucketResult>`
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://aws')
  const raw = Buffer.concat(chunks)
  const body = /aws-chunked/.test(request.headers['content-encoding'] ?? '') ? unchunked(raw) : raw
  return { method: request.method ?? 'GET', path: decodeURIComponent(pathname), query: searchParams, body }
}

/** Decodes the chunked signing of uploads: `<size in hex>;…\r\n<bytes>\r\n`, until a size of zero. */
function unchunked(raw: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = raw.indexOf('\r\n', at)
    const size = Number.parseInt(raw.subarray(at, lineEnd).toString(), 16)
    if (!size) return Buffer.concat(parts)
    parts.push(raw.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 4 + size
  }
}
