/** The programs of `docs/clients.md`. */
import { readFileSync } from 'node:fs'

/** One fenced block that has a file name. */
export interface Program {
  readonly language: string
  readonly name: string
  readonly text: string
}

const fence = /^```(\w+) (\S+)\n(.*?)^```$/gms

/** The blocks of a Markdown page whose fence has a file name behind the language, in the order of the page. */
export function programsOf(markdown: string): readonly Program[] {
  return [...markdown.matchAll(fence)].map(([, language = '', name = '', text = '']) => ({ language, name, text }))
}

/** What a program's comments say that it prints: one line for each `console.log(…) // …`. */
export function promisedBy({ text }: Program): string {
  const lines = [...text.matchAll(/^ *console\.log\(.+\) \/\/ (.+)$/gm)]
  return lines.map(([, words]) => `${words}\n`).join('')
}

/** `docs/clients.md`. */
export const page = readFileSync(new URL('../../../../../docs/clients.md', import.meta.url), 'utf8')
