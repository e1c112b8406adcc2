/** `npm run -s admin -- clients`: clients of third parties at our own issuer. */
import { randomBytes } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import { addClient, disableClient, listClients, rotateClient } from '@fieldnotes/issuer/stored-clients'
import { createTable, type Table } from '@fieldnotes/table/table'
import { parseWords } from '../flags.ts'
import { CommandFailed, UsageError, wordsOf } from '../usage-error.ts'
import { clientsHelp } from './clients-help.ts'
import { credentialsOf, parseClient } from './parse-client.ts'
import { assertTarget, reachTarget } from './reach-target.ts'

const options = {
  scope: { type: 'string' },
  lifetime: { type: 'string' },
  jwks: { type: 'string' },
  finish: { type: 'boolean', default: false },
  after: { type: 'string' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  stage: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

const help = 'npm run -s admin -- clients --help'

type Flags = ReturnType<typeof parseWords<typeof options>>['values']

/** What a run does, once its words are understood. */
interface Run {
  /** Writes or reads, and returns what is printed. */
  readonly act: (table: Table) => Promise<object>
  /** What a dry run prints; undefined for a run that writes nothing. */
  readonly plan?: object
}

interface Given {
  readonly id: string
  readonly flags: Flags
  /** A new secret, of 288 random bits. */
  readonly secret: string
}

const pair = { rotate: ['jwks', 'finish'], add: ['scope', 'lifetime', 'jwks'], list: ['after'], disable: [] } as const

/** Action → its run. @throws UsageError for words that describe none */
const actions: Readonly<Record<keyof typeof pair, (given: Given) => Run>> = {
  list: ({ flags }) => ({ act: async (table) => ({ clients: await listClients(table, flags.after) }) }),
  add: ({ id, flags, secret }) => {
    const client = parseClient(id, flags, secret)
    const added = { id, row: client.row }
    return {
      plan: added,
      act: async (table) => {
        await addClient(table, client, Date.now())
        return { ...added, ...(flags.jwks === undefined && { secret }) }
      },
    }
  },
  rotate: ({ id, flags, secret }) => {
    if (flags.finish && flags.jwks !== undefined) throw new UsageError('--jwks does not go with --finish.')
    if (flags.finish) return finished(id)
    const next = credentialsOf(flags.jwks, secret)
    return {
      plan: { id, rotates: true },
      act: async (table) => {
        await rotateClient(table, id, ({ secretDigests = [] }) => ({
          ...next,
          ...(next.secretDigests && { secretDigests: [...next.secretDigests, ...secretDigests].slice(0, 2) }),
        }))
        return { id, ...(flags.jwks === undefined && { secret }) }
      },
    }
  },
  disable: ({ id }) => ({
    plan: { id, disables: true },
    act: async (table) => {
      await disableClient(table, id, Date.now())
      return { id, disabled: true }
    },
  }),
}

function finished(id: string): Run {
  return {
    plan: { id, finishes: true },
    act: async (table) => {
      await rotateClient(table, id, (before) => ({ ...before, secretDigests: before.secretDigests?.slice(0, 1) ?? [] }))
      return { id, finished: true }
    },
  }
}

function isAction(word: string): word is keyof typeof pair {
  return Object.hasOwn(pair, word)
}

/** @throws UsageError for an unknown action, a missing id, and a flag without effect */
function parseRun(words: readonly string[], flags: Flags): Run {
  const [action = '', id = '', ...others] = words
  if (!isAction(action)) throw new UsageError(`Say ${Object.keys(pair).join(', ')}. Try ${help}`)
  const needsId = action !== 'list'
  if (others.length > 0 || needsId !== (id !== ''))
    throw new UsageError(`${action} takes ${needsId ? 'one ID' : 'no ID'}.`)
  const own: readonly string[] = pair[action]
  const stray = (['scope', 'lifetime', 'jwks', 'after'] as const).find(
    (name) => flags[name] !== undefined && !own.includes(name),
  )
  if (stray !== undefined || (flags.finish && action !== 'rotate'))
    throw new UsageError(`--${stray ?? 'finish'} does not go with ${action}.`)
  return actions[action]({ id, flags, secret: randomBytes(36).toString('base64url') })
}

/** Milliseconds for all requests of a run. */
const runMs = 6000

/** Runs the command. @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach */
export async function clients(words: readonly string[]): Promise<void> {
  const { values: flags, positionals } = parseWords(words, options, help)
  if (flags.help) return void process.stdout.write(clientsHelp)
  assertTarget(flags)
  const { act, plan } = parseRun(positionals, flags)
  const target = await reachTarget(flags, ['clients', ...words])
  if (!target) return
  const isDry = plan !== undefined && !flags.yes
  const table = createTable(target.access).until({ at: Date.now() + runMs, clock: Date.now })
  const result = isDry ? plan : await act(table).catch(fail)
  const shown = { target: target.name, table: target.access.name, written: plan !== undefined && !isDry, ...result }
  process.stdout.write(`${JSON.stringify(shown, null, flags.json ? 0 : 2)}\n`)
  if (isDry && !flags.json) process.stdout.write('Dry run: nothing is written. Add --yes.\n')
}

function fail(error: unknown): never {
  if (!(error instanceof AppError)) throw new CommandFailed(`Nothing was written: ${wordsOf(error)}.`)
  const outcome = error.code === 'UNAVAILABLE' ? 'The table gave no answer' : 'Nothing was written'
  throw new CommandFailed(`${outcome} (${error.reason}).`)
}
