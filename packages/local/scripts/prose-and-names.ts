/** Splits a file into prose (comments, sentences in strings, documents) and names (identifiers), by its extension. */
import { extname } from 'node:path'
import { manifest } from './manifest-pieces.ts'
import { markdown } from './markdown-pieces.ts'
import { markup } from './markup-pieces.ts'
import { hashComments, identifiers, keep, type Piece, prose, type Reader } from './pieces.ts'
import { script } from './script-pieces.ts'

const readers: Readonly<Record<string, Reader>> = {
  '.ts': script,
  '.js': script,
  '.mjs': script,
  '.md': markdown,
  '.graphql': (text) => [prose(text), ...identifiers(text)],
  '.html': markup,
  '.svg': markup,
  '.css': (text) => [prose(keep(text, /\/\*[\s\S]*?\*\//g))],
  '.yaml': hashComments,
  '.yml': hashComments,
  '.json': manifest,
  '': hashComments,
}

/** Extensions of the files that can be split; the empty one is that of shell scripts. */
export const extensions: ReadonlySet<string> = new Set(Object.keys(readers))

/** The parts of a file; none for an unknown extension. */
export function piecesOf(file: string, text: string): readonly Piece[] {
  return readers[extname(file)]?.(text) ?? []
}
