/** Parses the words of a command that names an action and one item: `add ID`, `list`. */
import { UsageError } from '../usage-error.ts'

/** What the words of such a command may be. */
export interface ActionWords<Action extends string> {
  /** Action → the flags that it takes, beside those of every action. `list` alone takes no item. */
  readonly ownFlags: Readonly<Record<Action, readonly string[]>>
  /** What an item is called in the help: `ID`. */
  readonly operand: string
  /** The command that prints the help. */
  readonly help: string
}

/** The action, and the id of its item; empty for `list`. */
export interface ParsedAction<Action extends string> {
  readonly action: Action
  readonly id: string
}

/** @throws UsageError for an unknown action, a missing id, and a flag without effect */
export function parseAction<Action extends string>(
  [action = '', id = '', ...others]: readonly string[],
  flags: Readonly<Record<string, unknown>>,
  { ownFlags, operand, help }: ActionWords<Action>,
): ParsedAction<Action> {
  if (!isAction(action, ownFlags)) throw new UsageError(`Say ${Object.keys(ownFlags).join(', ')}. Try ${help}`)
  const needsId = action !== 'list'
  if (others.length > 0 || needsId !== (id !== ''))
    throw new UsageError(`${action} takes ${needsId ? 'one' : 'no'} ${operand}.`)
  const own = ownFlags[action]
  const named = Object.values<readonly string[]>(ownFlags).flat()
  const stray = named.find((name) => flags[name] !== undefined && flags[name] !== false && !own.includes(name))
  if (stray !== undefined) throw new UsageError(`--${stray} does not go with ${action}.`)
  return { action, id }
}

function isAction<Action extends string>(word: string, actions: Readonly<Record<Action, unknown>>): word is Action {
  return Object.hasOwn(actions, word)
}
