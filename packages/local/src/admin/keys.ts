/** `npm run -s admin -- keys`: applications and their API keys. */
import { apiKeyOf, secretOf } from '@fieldnotes/api/api-key'
import { listApplications } from '@fieldnotes/api/listed-applications'
import {
  type ApplicationChanges,
  addApplication,
  assertFree,
  assertStored,
  type ChangesOf,
  changeApplication,
  changesTo,
  removeApplication,
} from '@fieldnotes/api/stored-applications'
import { withKey, withoutKey } from '@fieldnotes/api/stored-keys'
import { parseWords } from '../flags.ts'
import { UsageError } from '../usage-error.ts'
import { keysHelp } from './keys-help.ts'
import { parseAction } from './parse-action.ts'
import { type KeyFlags, limitsOf, parseApplication, storedKey } from './parse-application.ts'
import { everyFlag } from './reach-target.ts'
import { changeRun, type Run, runOnTable, type Shown } from './run-on-table.ts'

const options = {
  client: { type: 'string', multiple: true },
  days: { type: 'string' },
  burst: { type: 'string' },
  rate: { type: 'string' },
  day: { type: 'string' },
  defaults: { type: 'boolean', default: false },
  key: { type: 'string' },
  after: { type: 'string' },
  ...everyFlag,
} as const

const help = 'npm run -s admin -- keys --help'

type Flags = ReturnType<typeof parseWords<typeof options>>['values']

interface Given {
  readonly id: string
  readonly flags: Flags & KeyFlags
  /** A new key. */
  readonly key: string
  /** Seconds since the epoch. */
  readonly now: number
}

const limitFlags = ['burst', 'rate', 'day'] as const

/** Action → the flags that it takes, beside those of every action. */
const ownFlags = {
  list: ['after'],
  add: ['client', 'days', ...limitFlags],
  rotate: ['days'],
  end: ['key'],
  delete: [],
  set: ['client', 'defaults', ...limitFlags],
} as const satisfies Readonly<Record<string, readonly (keyof Flags)[]>>

type Action = keyof typeof ownFlags

/** Action → its run. @throws UsageError for words that describe none */
const actions: Readonly<Record<Action, (given: Given) => Run>> = {
  list: ({ flags }) => ({ act: async (table) => ({ applications: await listApplications(table, flags.after) }) }),
  add: ({ id, flags, key, now }) => {
    const application = parseApplication(id, flags, storedKey(key, flags.days, now))
    const { keys: _keys, ...added } = application
    return {
      issuers: issuersOf(application.clients),
      plan: added,
      rehearse: (table) => assertFree(table, id),
      act: async (table) => {
        await addApplication(table, application, now * 1000)
        return { ...added, apiKey: key }
      },
    }
  },
  rotate: ({ id, flags, key, now }) => {
    const stored = storedKey(key, flags.days, now)
    const change: ChangesOf = ({ keys }) => ({ keys: withKey(keys, stored) })
    return changing(id, change, { plan: { rotates: true }, done: { apiKey: key } })
  },
  end: ({ id, flags: { key } }) => {
    const named = key ?? 'all keys'
    const change: ChangesOf = ({ keys }) => ({ keys: withoutKey(keys, key) })
    return changing(id, change, { plan: { ends: named }, done: { ended: named } })
  },
  delete: ({ id }) =>
    changeRun(
      id,
      { plan: { deletes: true }, done: { deleted: true } },
      { rehearse: (table) => assertStored(table, id), write: (table) => removeApplication(table, id) },
    ),
  set: ({ id, flags }) => {
    const sets = changesOf(flags)
    const plan = { sets: { ...sets, ...(flags.defaults && { limits: 'defaults' }) } }
    const run = changing(id, withLimits(sets), { plan, done: { set: true } })
    return { ...run, issuers: issuersOf(sets.clients ?? []) }
  },
}

/** A run that changes an application. */
function changing(id: string, change: ChangesOf, shown: Shown): Run {
  return changeRun(id, shown, {
    rehearse: (table) => changesTo(table, id, change),
    write: (table) => changeApplication(table, id, change),
  })
}

/** A limit that is not named remains. */
function withLimits(sets: ApplicationChanges): ChangesOf {
  return ({ limits }) => ({ ...sets, ...(sets.limits && { limits: { ...limits, ...sets.limits } }) })
}

/**
 * A misspelt issuer would give keys that are refused beside every token.
 * @throws UsageError for Firebase, whose tokens name no client
 */
function issuersOf(clients: readonly string[]): readonly string[] {
  const issuers = clients.map((client) => client.slice(0, client.indexOf(':')))
  if (issuers.includes('firebase')) throw new UsageError('--client takes none of firebase: its tokens name no client.')
  return issuers
}

/** What `set` changes. @throws UsageError for nothing, and for limits that contradict each other */
function changesOf(flags: Given['flags']): ApplicationChanges {
  const limits = limitsOf(flags)
  if (flags.defaults && limits.limits) throw new UsageError('--defaults does not go with a limit.')
  const changes = {
    ...(flags.client && { clients: flags.client }),
    ...limits,
    ...(flags.defaults && { limits: undefined }),
  }
  if (Object.keys(changes).length === 0) throw new UsageError('Say a --client, a limit or --defaults.')
  return changes
}

/** @throws UsageError for words that describe no run */
function parseRun(words: readonly string[], flags: Flags): Run {
  const { action, id } = parseAction(words, flags, { ownFlags, operand: 'APPLICATION', help })
  const now = Math.floor(Date.now() / 1000)
  return actions[action]({ id, flags, key: apiKeyOf(flags.stage ?? 'local', id, secretOf()), now })
}

/** Runs the command. @throws UsageError for wrong words; CommandFailed when the table refuses or is out of reach */
export async function keys(words: readonly string[]): Promise<void> {
  const { values: flags, positionals } = parseWords(words, options, help)
  if (flags.help) return void process.stdout.write(keysHelp)
  await runOnTable(flags, ['keys', ...words], () => parseRun(positionals, flags))
}
