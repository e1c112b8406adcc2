/** Reads a page of instructions as a list of steps: changes to files, and commands. */
import { readFileSync, writeFileSync } from 'node:fs'

/** A `diff` block, for the file of the last link before it. */
export interface Change {
  readonly kind: 'change'
  /** Path in the repository. */
  readonly file: string
  readonly diff: string
}

/** One line of a `sh` block. */
export interface Command {
  readonly kind: 'command'
  readonly command: string
  /** The `text` block after it: the command fails, and prints this. Undefined for a command that passes. */
  readonly fails: string | undefined
}

export type Step = Change | Command

interface Block {
  readonly language: string
  readonly text: string
  /** The prose since the block before. */
  readonly prose: string
}

const fence = /([\s\S]*?)^```(\w+)\n([\s\S]*?)\n```$/gm

function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(fence)].map(([, prose = '', language = '', text = '']) => ({ language, text, prose }))
}

/** The file of the last link in the prose, relative to the repository. */
function linkedFile(prose: string): string {
  const file = [...prose.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].at(-1)?.[1]
  if (file === undefined) throw new Error(`no file is linked before the change: ${prose}`)
  return file
}

function commandsOf(text: string, output: string | undefined): readonly Command[] {
  const lines = text.split('\n')
  return lines.map((command, index) => ({
    kind: 'command',
    command,
    fails: index === lines.length - 1 ? output : undefined,
  }))
}

/** The steps of the page, in order. Blocks of other languages are examples. */
export function readSteps(page: string): readonly Step[] {
  const blocks = blocksOf(page)
  return blocks.flatMap(({ language, text, prose }, index): readonly Step[] => {
    if (language === 'diff') return [{ kind: 'change', file: linkedFile(prose), diff: text }]
    const next = blocks[index + 1]
    return language === 'sh' ? commandsOf(text, next?.language === 'text' ? next.text : undefined) : []
  })
}

/**
 * Applies a change: its lines without `+` are in the file, one after the other, and exactly once. Lines with `-` are
 * removed.
 * @throws Error when they are not
 */
export function applyDiff(file: string, diff: string): void {
  const lines = diff.split('\n')
  const before = lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1))
  const after = lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1))
  const parts = readFileSync(file, 'utf8').split(`${before.join('\n')}\n`)
  if (parts.length !== 2) throw new Error(`${file} has the lines of the change ${parts.length - 1} times`)
  writeFileSync(file, parts.join(`${after.join('\n')}\n`))
}
