/** Prose and names of Markdown. */
import { blank, code, hashComments, identifiers, keep, type Piece, prose, type Reader } from './pieces.ts'
import { script } from './script-pieces.ts'

const fence = /^([ \t]*)(`{3,}|~{3,})(\w*).*\n([\s\S]*?)^\1\2[ \t]*$/gm
const fenced: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(['ts', 'js', 'mjs', 'typescript', 'javascript'].map((language) => [language, script])),
  ...Object.fromEntries(['sh', 'bash', 'yaml'].map((language) => [language, hashComments])),
}

/**
 * Fenced scripts are read as scripts, of shell and YAML the comments. Inline code is names, as in comments of a script.
 * Other code and targets of links are not read.
 */
export function markdown(text: string): readonly Piece[] {
  const scripts = [...text.matchAll(fence)].flatMap(({ 0: whole, 3: language = '', 4: body = '', index }) => {
    const line = text.slice(0, index + whole.indexOf('\n') + 1).split('\n').length
    return (fenced[language]?.(body) ?? []).map((piece) => ({ ...piece, line: piece.line + line - 1 }))
  })
  const unfenced = blank(text, fence)
  const words = [code, /\]\([^)]*\)/g].reduce(blank, unfenced)
  return [prose(words), ...identifiers(keep(unfenced, code)), ...scripts]
}
