/** `npm run -s admin -- clients`: clients of third parties at our own issuer. */
import { randomBytes } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import {
  addClient,
  assertFree,
  assertStored,
  type CredentialsAfter,
  credentialsTo,
  disableClient,
  enableClient,
  listClients,
  rotateClient,
} from '@fieldnotes/issuer/stored-clients'
import { parseWords } from '../flags.ts'
import { UsageError } from '../usage-error.ts'
import { clientsHelp } from './clients-help.ts'
import { assertClock } from './clock-check.ts'
import { parseAction } from './parse-action.ts'
import { credentialsOf, parseClient } from './parse-client.ts'
import { everyFlag } from './reach-target.ts'
import { changeRun, type Run, runOnTable, type Shown } from './run-on-table.ts'

const options = {
  scope: { type: 'string' },
  lifetime: { type: 'string' },
  jwks: { type: 'string' },
  profile: { type: 'string' },
  title: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'refresh-days': { type: 'string' },
  pkce: { type: 'boolean', default: false },
  confidential: { type: 'boolean', default: false },
  finish: { type: 'boolean', default: false },
  after: { type: 'string' },
  ...everyFlag,
} as const

const help = 'npm run -s admin -- clients --help'

type Flags = ReturnType<typeof parseWords<typeof options>>['values']

interface Given {
  readonly id: string
  readonly flags: Flags
  /** A new secret, of 288 random bits. */
  readonly secret: string
}

/** Action → the flags that it takes, beside those of every action. */
const ownFlags = {
  rotate: ['jwks', 'finish'],
  add: [
    ...['profile', 'scope', 'lifetime', 'jwks', 'title'],
    ...['redirect-uri', 'refresh-days', 'pkce', 'confidential'],
  ],
  list: ['after'],
  disable: [],
  enable: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Action → its run. @throws UsageError for words that describe none */
const actions: Readonly<Record<keyof typeof ownFlags, (given: Given) => Run>> = {
  list: ({ flags }) => ({ act: async (table) => ({ clients: await listClients(table, flags.after) }) }),
  add: ({ id, flags, secret }) => {
    const client = parseClient(id, flags, secret)
    const added = { id, row: client.row }
    return {
      plan: added,
      rehearse: (table) => assertFree(table, id),
      act: async (table) => {
        await addClient(table, client, Date.now())
        return { ...added, ...('secretDigests' in client.credentials && { secret }) }
      },
    }
  },
  rotate: ({ id, flags, secret }) => {
    if (flags.finish && flags.jwks !== undefined) throw new UsageError('--jwks does not go with --finish.')
    if (flags.finish) return finished(id)
    const next = credentialsOf(flags.jwks, secret)
    const after: CredentialsAfter = ({ secretDigests = [] }) => ({
      ...next,
      ...(next.secretDigests && { secretDigests: [...next.secretDigests, ...oneOf(secretDigests)] }),
    })
    return rotating(id, after, { plan: { rotates: true }, done: flags.jwks === undefined ? { secret } : {} })
  },
  disable: ({ id }) =>
    changeRun(
      id,
      { plan: { disables: true }, done: { disabled: true } },
      {
        rehearse: (table) => assertStored(table, id),
        write: async (table, access) => {
          await assertClock(access)
          await disableClient(table, id, Date.now())
        },
      },
    ),
  enable: ({ id }) =>
    changeRun(
      id,
      { plan: { enables: true }, done: { enabled: true } },
      { rehearse: (table) => assertStored(table, id), write: (table) => enableClient(table, id) },
    ),
}

function finished(id: string): Run {
  const after: CredentialsAfter = (before) => ({ ...before, secretDigests: before.secretDigests?.slice(0, 1) ?? [] })
  return rotating(id, after, { plan: { finishes: true }, done: { finished: true } })
}

/** A run that changes the credentials of a client. */
function rotating(id: string, after: CredentialsAfter, shown: Shown): Run {
  return changeRun(id, shown, {
    rehearse: (table) => credentialsTo(table, id, after),
    write: (table) => rotateClient(table, id, after),
  })
}

/** @throws AppError for two secrets: either may be the one that the client sends */
function oneOf(secretDigests: readonly string[]): readonly string[] {
  if (secretDigests.length < 2) return secretDigests
  throw new AppError('BAD_USER_INPUT', '2 secrets work: end the earlier one with --finish first')
}

/** @throws UsageError for words that describe no run */
function parseRun(words: readonly string[], flags: Flags): Run {
  const { action, id } = parseAction(words, flags, { ownFlags, operand: 'ID', help })
  return actions[action]({ id, flags, secret: randomBytes(36).toString('base64url') })
}

/** Runs the command. @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach */
export async function clients(words: readonly string[]): Promise<void> {
  const { values: flags, positionals } = parseWords(words, options, help)
  if (flags.help) return void process.stdout.write(clientsHelp)
  await runOnTable(flags, ['clients', ...words], () => parseRun(positionals, flags))
}
