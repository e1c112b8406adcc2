/** `npm run -s admin -- clients`: clients of third parties at our own issuer. */
import { randomBytes } from 'node:crypto'
import { addClient, disableClient, listClients, rotateClient } from '@fieldnotes/issuer/stored-clients'
import { parseWords } from '../flags.ts'
import { UsageError } from '../usage-error.ts'
import { clientsHelp } from './clients-help.ts'
import { credentialsOf, parseClient } from './parse-client.ts'
import { type Run, runOnTable } from './run-on-table.ts'

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

/** Runs the command. @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach */
export async function clients(words: readonly string[]): Promise<void> {
  const { values: flags, positionals } = parseWords(words, options, help)
  if (flags.help) return void process.stdout.write(clientsHelp)
  await runOnTable(flags, ['clients', ...words], () => parseRun(positionals, flags))
}
