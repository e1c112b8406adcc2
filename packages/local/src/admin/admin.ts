/** `npm run -s admin -- COMMAND`: the operators' command, for the laptop's cloud and for a deployed stage. */
import { runCommand, UsageError } from '../usage-error.ts'
import { clients } from './clients.ts'
import { groups } from './groups.ts'
import { keys } from './keys.ts'
import { revoke } from './revoke.ts'

/** One command of operators. `words` are what follows its name. */
type Command = (words: readonly string[]) => Promise<void>

const commands: Readonly<Record<string, Command>> = { revoke, clients, groups, keys }

const help = `npm run -s admin -- COMMAND [options]

  clients      lists, adds, rotates and disables clients of third parties
  groups       lists, sets and deletes the policies of groups: which scopes their people may use
  keys         lists, adds, rotates and ends API keys of applications, and sets their limits
  revoke       ends sign-ins, tokens, apps, clients and keys before they expire

Each command has a page of help: npm run -s admin -- revoke --help
Without --stage it works on the cloud that npm start runs, with --stage NAME on a deployed stage.
What ends or removes something is a dry run until --yes is given.

Exit status: 0 done, or a dry run; 1 refused, or out of reach; 2 wrong usage.
`

await runCommand(async () => {
  const [name = '', ...words] = process.argv.slice(2)
  if (name === '--help' || name === 'help') return void process.stdout.write(help)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command)
    throw new UsageError(`Say a command: ${Object.keys(commands).join(', ')}. Try npm run -s admin -- --help`)
  await command(words)
}, 2)
