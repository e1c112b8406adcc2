/** The rules of another commit, judged by the policy package of this one. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Knowledge } from '@fieldnotes/policy/prove'
import type { Rule, RuleTable } from '@fieldnotes/policy/rules'
import { buildSchema, type GraphQLSchema } from 'graphql'

/** The repository. */
export const repository: string = fileURLToPath(new URL('../../..', import.meta.url))
const here = fileURLToPath(new URL('..', import.meta.url))

/** A reference that names no commit, or a commit whose rules can not be loaded. */
export class UnreadableRules extends Error {
  override readonly name = 'UnreadableRules'
}

/** The output of git in a repository. */
export function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

/** The id of a commit. @throws UnreadableRules when the reference names none */
export function commitAt(root: string, reference: string): string {
  try {
    return git(root, 'rev-parse', '--verify', '--end-of-options', `${reference}^{commit}`)
  } catch {
    throw new UnreadableRules(`${reference} is no commit of the repository.`)
  }
}

/** What decides in one version of `packages/api`. */
export interface Decider {
  readonly schema: GraphQLSchema
  readonly rules: RuleTable<unknown>
  /** The rules behind `viewerCan`; none in a commit before there were any. */
  readonly abilities?: Readonly<Record<string, Rule>>
  readonly knowledge?: Knowledge
}

/** Writes `packages/api` of a commit into a folder, beside the installed packages of this one. */
function extract(root: string, commit: string, folder: string): string {
  const archive = execFileSync('git', ['archive', commit, 'packages/api/src', 'packages/api/package.json'], {
    cwd: root,
    maxBuffer: 100_000_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  const api = join(folder, 'packages/api')
  symlinkSync(join(here, 'node_modules'), join(api, 'node_modules'))
  return api
}

/** The exports of a module; none when the commit does not have it. */
async function exportsOf(file: string): Promise<Partial<Decider>> {
  return existsSync(file) ? await import(pathToFileURL(file).href) : {}
}

/**
 * What decides in a commit. Only `packages/api` is that of the commit.
 * @throws UnreadableRules
 */
export async function rulesAt(root: string, commit: string): Promise<Decider> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-rules-'))
  try {
    const api = extract(root, commit, folder)
    const load = (file: string) => exportsOf(join(api, 'src', file))
    const { rules } = await load('rules.ts')
    if (!rules) throw new Error('it has no rules.ts')
    const [{ abilities }, { knowledge }] = [await load('abilities.ts'), await load('knowledge.ts')]
    const schema = buildSchema(readFileSync(join(api, 'src/schema.graphql'), 'utf8'))
    return { schema, rules, ...(abilities && { abilities }), ...(knowledge && { knowledge }) }
  } catch (cause) {
    throw new UnreadableRules(`The rules of ${commit.slice(0, 12)} can not be loaded: ${messageOf(cause)}`, { cause })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
}
