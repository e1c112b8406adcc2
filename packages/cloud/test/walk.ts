/** A page of `docs/` that says step by step what to create and to change, applied to a copy of the repository. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file that the page creates or changes. */
interface Edit {
  readonly file: string
  /** Returns the new text of the file. @throws Error when the page does not fit the file */
  readonly edit: (before: string) => string
}

/** The edits of the page by step: the number of the list item, from 1. */
export type Walk = ReadonlyMap<number, readonly Edit[]>

const created = /\*\*((?:packages|infra)\/\S+)\*\*\n\n```\w+\n([\s\S]*?)```/g
const changed = /```diff\n--- (\S+)\n\+\+\+ \1\n([\s\S]*?)\n```/g

function without(marker: '+' | '-', lines: readonly string[]): string {
  return lines
    .filter((line) => !line.startsWith(marker))
    .map((line) => line.slice(1))
    .join('\n')
}

function diffOf(file: string, diff: string): Edit {
  const lines = diff.split('\n')
  const [from, to] = [without('+', lines), without('-', lines)]
  return {
    file,
    edit: (before) => {
      const parts = before.split(from)
      if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`)
      return parts.join(to)
    },
  }
}

/** The edits that a text of the page has, in their order. */
export function editsOf(step: string): readonly Edit[] {
  return [
    ...[...step.matchAll(created)].map(([, file = '', text = '']) => ({ file, edit: () => text })),
    ...[...step.matchAll(changed)].map(([, file = '', diff = '']) => diffOf(file, diff)),
  ]
}

/** Reads the page: each item of its numbered list is a step. */
export function readWalk(markdown: string): Walk {
  const [list = ''] = markdown.split('\n## ')
  const steps = list.split(/^\d+\. /m).slice(1)
  return new Map(steps.map((step, index) => [index + 1, editsOf(step.replace(/^ {3}/gm, ''))]))
}

/** Applies steps to the copy, and returns the paths of the files in their order. */
export function applySteps(folder: string, walk: Walk, steps: readonly number[]): readonly string[] {
  const edits = steps.flatMap((step) => walk.get(step) ?? [])
  for (const { file, edit } of edits) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    const text = edit(textOf(path))
    writeFileSync(path, text)
  }
  return [...new Set(edits.map(({ file }) => file))]
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
