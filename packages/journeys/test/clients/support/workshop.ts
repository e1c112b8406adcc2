/** A folder with the programs of the page, the schema, the listed operations and the client libraries. */
import { execFile } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { transformAsync } from '@babel/core'
import type { Program } from './page.ts'

const run = promisify(execFile)
const workshops = fileURLToPath(new URL('../../../.local/', import.meta.url))
const api = new URL('../../../../api/src/', import.meta.url)
const beside = { 'schema.graphql': 'schema.graphql', 'operations.json': 'generated/operations.json' }

/** A folder with programs that can be run. */
export interface Workshop {
  readonly add: (program: Program) => void
  /** Compiles the tags of a Relay program, as a bundler does. */
  readonly build: (name: string) => Promise<void>
  /** Runs a program; resolves to its output. Rejects when it fails or writes to standard error. */
  readonly run: (name: string, environment: Readonly<Record<string, string>>) => Promise<string>
  readonly end: () => void
}

/** Creates the folder inside this package, where Node finds the package's libraries; git ignores it. */
export function createWorkshop(programs: readonly Program[]): Workshop {
  mkdirSync(workshops, { recursive: true })
  const folder = mkdtempSync(join(workshops, 'clients-'))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const add = ({ name, text }: Program) => write(name, text)
  write('package.json', '{ "type": "module" }')
  for (const [name, source] of Object.entries(beside)) copyFileSync(new URL(source, api), join(folder, name))
  programs.forEach(add)
  return {
    add,
    build: (name) => buildRelay(folder, name),
    run: (name, environment) => execute(folder, name, environment),
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function execute(cwd: string, name: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const [program, ...words] = name.endsWith('.sh') ? ['sh', '-eu', name] : [process.execPath, name]
  const env = { ...process.env, NO_COLOR: '1', ...environment }
  const { stdout, stderr } = await run(program as string, words, { cwd, env })
  if (stderr) throw new Error(`${name} complains: ${stderr}`)
  return stdout
}

/** relay-compiler writes the artefacts; babel-plugin-relay replaces the tags by imports of them. */
async function buildRelay(folder: string, name: string): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js')
  await run(process.execPath, [compiler], { cwd: folder })
  const filename = join(folder, name)
  const plugins = [['relay', { eagerEsModules: true }]]
  const built = await transformAsync(readFileSync(filename, 'utf8'), { filename, plugins, configFile: false })
  writeFileSync(filename, built?.code ?? '')
  for (const file of [name, ...globSync('__generated__/*.js', { cwd: folder })]) completeImports(join(folder, file))
}

/** Bundlers resolve an artefact without `.js`; Node does not. */
function completeImports(file: string): void {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/( from )(['"])(.+\.graphql)\2/g, '$1$2$3.js$2'))
}
