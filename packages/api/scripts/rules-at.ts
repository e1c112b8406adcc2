/** The rules of another commit, judged by the policy package of this one. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { RuleTable } from '@fieldnotes/policy/rules'
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

export interface RulesAt {
  readonly schema: GraphQLSchema
  readonly rules: RuleTable<unknown>
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

/**
 * The schema and the rules of a commit. Only `packages/api` is that of the commit.
 * @throws UnreadableRules
 */
export async function rulesAt(root: string, commit: string): Promise<RulesAt> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-rules-'))
  try {
    const api = extract(root, commit, folder)
    const { rules } = await import(pathToFileURL(join(api, 'src/rules.ts')).href)
    return { rules, schema: buildSchema(readFileSync(join(api, 'src/schema.graphql'), 'utf8')) }
  } catch (cause) {
    throw new UnreadableRules(`The rules of ${commit.slice(0, 12)} can not be loaded: ${messageOf(cause)}`, { cause })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
}
