/** A repository for each test, with the sources of this package, whose commits have other rules. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { git } from '../../scripts/rules-at.ts'

const api = join(import.meta.dirname, '../..')

export interface RulesRepository {
  readonly root: () => string
  /** The path of a file, whose folder exists afterwards. */
  readonly file: (path: string) => string
  /** Commits everything, also when nothing changed. */
  readonly commit: (message: string) => void
  /** Changes a text of `packages/api/src`. */
  readonly rewrite: (name: string, change: (text: string) => string) => void
}

/** Registers hooks that make the repository before each test, and remove it afterwards. */
export function useRulesRepository(): RulesRepository {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
    cpSync(join(api, 'src'), join(root, 'packages/api/src'), { recursive: true })
    cpSync(join(api, 'package.json'), join(root, 'packages/api/package.json'))
    git(root, 'init', '--quiet')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function file(path: string): string {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    return join(root, path)
  }
  return {
    root: () => root,
    file,
    commit: (message) => {
      git(root, 'add', '--all')
      git(root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '-m', message)
    },
    rewrite: (name, change) => {
      const text = readFileSync(file(`packages/api/src/${name}`), 'utf8')
      const changed = change(text)
      if (changed === text) throw new Error(`${name} has no such text`)
      writeFileSync(file(`packages/api/src/${name}`), changed)
    },
  }
}
