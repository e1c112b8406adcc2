/** The connection to DynamoDB. It loads the AWS SDK with the first request. */
import type { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { backoff } from './backoff.ts'
import { failureOf, retryable } from './failures.ts'
import { requestAttemptsMax, requestWaitMs } from './retry-limits.ts'
import type { TableConfig } from './table-config.ts'
import { type Attempts, NoAnswer, record } from './write-attempts.ts'
import type { Item } from './writes.ts'

/** What was sent to DynamoDB so far: network requests, attempts included, and consumed capacity units. */
export interface Used {
  requests: number
  units: number
}

/**
 * The pool is larger than the number of requests of one process: the SDK counts the wait for a socket as connection
 * time.
 */
const pool = { keepAlive: true, maxSockets: 500 }

let agents: ReturnType<typeof openAgents> | undefined

/** Node's own modules are loaded with the SDK, which needs them too. */
async function openAgents() {
  const [http, https] = await Promise.all([import('node:http'), import('node:https')])
  return { httpAgent: new http.Agent(pool), httpsAgent: new https.Agent(pool) }
}

/** All tables of a process share the sockets, so that a cold start opens one connection to DynamoDB. */
function sharedAgents() {
  agents ??= openAgents()
  return agents
}

/** Loads the parts of the AWS SDK that are used here. */
export async function loadClient() {
  const { sdk } = await import('./aws-sdk.ts')
  return sdk
}

/**
 * @throws NoAnswer where `ConsumedCapacity` is absent, which every request demands: an empty body is no answer, and
 * would be read as "there is no such item"
 */
function assertComplete(output: Metered): void {
  if (!output.ConsumedCapacity) throw new NoAnswer('an answer without its members')
}

/** A client on the shared keep-alive pool of sockets, with at most 3 attempts of 3 seconds for each request. */
async function connect(config: TableConfig, used: Used) {
  const lib = await loadClient()
  const shared = await sharedAgents()
  const client = new lib.DynamoDBClient({
    region: config.region,
    ...(config.endpoint && { endpoint: config.endpoint }),
    // AWS does not answer plain HTTP: this is a local engine, which has no accounts.
    ...(config.endpoint?.startsWith('http:') && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 3000,
      throwOnRequestTimeout: true,
      ...shared,
    },
  })
  const documents = lib.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  client.middlewareStack.add(
    (next) => async (sent) => {
      used.requests += 1
      const result = await next(sent)
      assertComplete(result.output as Metered)
      return result
    },
    // Around the SDK's own middleware of this step, which parses the answer.
    { step: 'deserialize', priority: 'high', name: 'checkAnswers' },
  )
  return {
    documents,
    lib,
    unmarshall: (item: unknown) => lib.unmarshall(item as Parameters<typeof lib.unmarshall>[0]) as Item,
  }
}

type Connection = Awaited<ReturnType<typeof connect>>
type Capacity = { CapacityUnits?: number | undefined }
type Metered = { ConsumedCapacity?: Capacity | Capacity[] | undefined }

type WriteCommand = DeleteCommand | PutCommand | TransactWriteCommand | UpdateCommand

/** Options of one call of the SDK, and the attempts of its write. */
export interface Call {
  readonly options: { readonly abortSignal?: AbortSignal }
  readonly attempts: Attempts
}

type Act<Out> = (open: Connection, call: Call) => Promise<Out>

/** Sends a request, and repeats it up to 6 times when its refusal may pass. @throws as `failureOf` */
export type Send = <Out extends Metered>(act: Act<Out>) => Promise<Out>

/**
 * The same command, whose attempts are recorded. Where `once` is set, the SDK does not repeat it after an attempt that
 * got no answer.
 */
export function recorded<Command extends WriteCommand>(command: Command, { attempts }: Call, once = false): Command {
  // The stacks of all commands have the same methods. Their types differ in the command's input.
  const { middlewareStack } = command as PutCommand
  // The step `finalizeRequest` begins with the SDK's repetition, so that what is added last runs for each attempt.
  middlewareStack.add((next) => (sent) => record(attempts, once, () => next(sent)), {
    step: 'finalizeRequest',
    priority: 'low',
    name: 'recordAttempts',
    // A command of `lib-dynamodb` shares its stack with the client's command, so that the SDK adds each entry twice.
    override: true,
  })
  return command
}

/** Connects with the first request. */
export function createSend(config: TableConfig, used: Used): Send {
  let connection: Promise<Connection> | undefined
  return async (act) => {
    connection ??= connect(config, used)
    const open = await connection
    const call: Call = { options: {}, attempts: { lost: undefined } }
    for (let attempt = 1; ; attempt += 1) {
      try {
        const out = await act(open, call)
        for (const capacity of [out.ConsumedCapacity ?? []].flat()) used.units += capacity.CapacityUnits ?? 0
        return out
      } catch (error) {
        if (attempt === requestAttemptsMax || !retryable(error)) throw failureOf(error, call.attempts, open.unmarshall)
        await backoff(attempt, requestWaitMs)
      }
    }
  }
}
