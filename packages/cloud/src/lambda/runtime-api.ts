/** AWS Lambda Runtime API 2018-06-01 on 127.0.0.1: the service from which a runtime fetches invocations. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Result of an invocation, as Lambda returns it to the caller. */
export type Outcome = { readonly payload: string } | { readonly errorType: string; readonly errorMessage: string }

/** A running Runtime API. */
export interface RuntimeApi {
  readonly port: number
  invoke(event: unknown): Promise<Outcome>
  /** Fails every running and waiting invocation, as Lambda does when the process has exited. */
  giveUp(errorType: string, errorMessage: string): void
  close(): void
}

interface Settings {
  readonly timeoutSeconds: number
  /** Called when an invocation exceeds its timeout; the sandbox is then stopped. */
  readonly onTimeout: () => void
}

interface Job {
  readonly id: string
  readonly body: string
  readonly settle: (outcome: Outcome) => void
  timer?: NodeJS.Timeout
}

/** Lambda's limit of a response in bytes: 6 MiB plus the envelope. */
const answerBytesMax = 6_291_556

const route = /^\/2018-06-01\/runtime\/(?:invocation\/(next)|invocation\/([^/]+)\/(response|error)|(init)\/error)$/

/** Starts the Runtime API on a free port. */
export async function serveRuntimeApi({ timeoutSeconds, onTimeout }: Settings): Promise<RuntimeApi> {
  const waiting: Job[] = []
  const running = new Map<string, Job>()
  const idle: ServerResponse[] = []

  const hand = (response: ServerResponse, job: Job): void => {
    running.set(job.id, job)
    job.timer = setTimeout(() => {
      finish(job.id, { errorType: 'Sandbox.Timedout', errorMessage: `Task timed out after ${timeoutSeconds} seconds` })
      onTimeout()
    }, timeoutSeconds * 1000)
    response.writeHead(200, headersOf(job.id, timeoutSeconds)).end(job.body)
  }
  const finish = (id: string, outcome: Outcome): void => {
    const job = running.get(id)
    running.delete(id)
    clearTimeout(job?.timer)
    job?.settle(outcome)
  }
  const next = (response: ServerResponse): void => {
    const job = waiting.shift()
    if (job) hand(response, job)
    else idle.push(response)
  }
  const giveUp = (errorType: string, errorMessage: string): void => {
    for (const id of running.keys()) finish(id, { errorType, errorMessage })
    for (const job of waiting.splice(0)) job.settle({ errorType, errorMessage })
    idle.length = 0
  }

  const server = createServer(async (request, response) => {
    const [, isNext, id = '', kind, isInit] = route.exec(request.url ?? '') ?? []
    if (isNext) return next(response)
    const body = await textOf(request)
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}')
    if (isInit) return giveUp('Runtime.InitError', messageOf(body))
    return finish(id, kind === 'response' ? answered(body) : failed(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    invoke: (event) =>
      new Promise((settle) => {
        const job = { id: randomUUID(), body: JSON.stringify(event), settle }
        const response = idle.shift()
        if (response) hand(response, job)
        else waiting.push(job)
      }),
    giveUp,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function headersOf(id: string, timeoutSeconds: number) {
  return {
    'content-type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': id,
    'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutSeconds * 1000),
    'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-1:123456789012:function:fieldnotes',
    'Lambda-Runtime-Trace-Id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
  }
}

function answered(payload: string): Outcome {
  const size = Buffer.byteLength(payload)
  if (size <= answerBytesMax) return { payload }
  const errorMessage = `Response payload size (${size} bytes) exceeded maximum allowed payload size (6291556 bytes).`
  return { errorType: 'Function.ResponseSizeTooLarge', errorMessage }
}

function failed(body: string): Outcome {
  const { errorType = 'Runtime.Unknown', errorMessage = '' } = JSON.parse(body)
  return { errorType, errorMessage }
}

function messageOf(body: string): string {
  return String(JSON.parse(body || '{}').errorMessage)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
