/** Reads the programs of `docs/clients.md`. */
import { readFileSync } from 'node:fs'

/** A fenced block with a file name. */
export interface Program {
  readonly language: string
  readonly name: string
  readonly text: string
}

const fence = /^```(\w+) (\S+)\n(.*?)^```$/gms

/** Fenced blocks of a Markdown page that have a file name after the language, in order. */
export function programsOf(markdown: string): readonly Program[] {
  return [...markdown.matchAll(fence)].map(([, language = '', name = '', text = '']) => ({ language, name, text }))
}

/** Expected output of a program, from its comments: one line for each `console.log(…) // …`. */
export function promisedBy({ text }: Program): string {
  const lines = [...text.matchAll(/^ *console\.log\(.+\) \/\/ (.+)$/gm)]
  return lines.map(([, words]) => `${words}\n`).join('')
}

/** Text of `docs/clients.md`. */
export const page = readFileSync(new URL('../../../../../docs/clients.md', import.meta.url), 'utf8')
