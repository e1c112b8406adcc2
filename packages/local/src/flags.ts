/** What can be said on the command lines, and nothing else. */
import { fileURLToPath } from 'node:url'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Executor, executors } from '@fieldnotes/api/executors'
import { Complaint, wordsOf } from './complaint.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Where the local cloud keeps its data unless told otherwise: `.local/` of the repository. */
export const defaultFolder = fileURLToPath(new URL('../../../.local', import.meta.url))

/** The flags of `words`. @throws Complaint for an unknown flag, a missing value or a stray word. */
export function parseFlags<const T extends Options>(words: readonly string[], options: T, help: string) {
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new Complaint(`${wordsOf(error).replace(/\.( .*)?$/, '')}. Try ${help}`)
  }
}

/** A TCP port, 4000 when nothing is said; 0 takes any free one. @throws Complaint when it is no port. */
export function parsePort(text = ''): number {
  const port = text === '' ? 4000 : Number(text)
  if (/^\d*$/.test(text) && port <= 65_535) return port
  throw new Complaint(`PORT is "${text}", which is not a port (0 to 65535).`)
}

/** The executor of operations: plans, or graphql-js's own. Undefined for the default. @throws Complaint for another name */
export function parseExecutor(text = ''): Executor | undefined {
  if (text === '') return undefined
  const executor = executors.find((name) => name === text)
  if (executor) return executor
  throw new Complaint(`FIELDNOTES_EXECUTOR is "${text}". It can be ${executors.join(' or ')}.`)
}

/** The URL of another DynamoDB, if one is named. @throws Complaint when it is no URL of HTTP. */
export function parseEndpoint(text = ''): string | undefined {
  if (text === '') return undefined
  const url = URL.parse(text)
  if (url?.username || url?.password) throw new Complaint('DYNAMODB_ENDPOINT holds a name or password. Leave it out.')
  if (/^https?:$/.test(url?.protocol ?? '')) return text
  throw new Complaint(`DYNAMODB_ENDPOINT is "${text}", which is not a URL such as http://127.0.0.1:8000.`)
}
