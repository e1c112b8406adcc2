/**
 * `npm run words [-- folder]`: counts house words in comments, names, the schema's descriptions and Markdown. Words that
 * `docs/glossary.md` allows are not counted. Prints one line for each finding, and fails when there is one.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsTokens from 'js-tokens'
import { housePhrases, houseWords } from './house-words.ts'

const root = join(import.meta.dirname, '../../..')

interface Finding {
  readonly file: string
  readonly line: number
  readonly word: string
  readonly say: string
}

interface Piece {
  readonly kind: 'prose' | 'names'
  readonly line: number
  readonly text: string
}

/** Rows of the glossary: a word, and the files in which it may be a name. */
const glossary = [
  ...readFileSync(join(root, 'docs/glossary.md'), 'utf8').matchAll(/^\| `(\w+)` \| names in `([^`]+)` \|/gm),
].map(([, word = '', files = '']) => ({ word, files: new RegExp(files) }))

const isAllowed = (word: string, kind: Piece['kind'], file: string): boolean =>
  kind === 'names' && glossary.some((row) => row.word === word && row.files.test(file))

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Comments and names of TypeScript. */
function piecesOfCode(text: string): Piece[] {
  const pieces: Piece[] = []
  let line = 1
  for (const token of jsTokens(text)) {
    const kind = kinds[token.type]
    if (kind) pieces.push({ kind, line, text: token.value })
    line += token.value.split('\n').length - 1
  }
  return pieces
}

const kinds: Readonly<Record<string, Piece['kind']>> = {
  SingleLineComment: 'prose',
  MultiLineComment: 'prose',
  IdentifierName: 'names',
  PrivateIdentifier: 'names',
}

/** Prose of a document, without code. */
function piecesOfText(text: string): Piece[] {
  const prose = text.replace(/^```[\s\S]*?^```|`[^`\n]*`|\]\([^)]*\)/gm, (code) => code.replace(/[^\n]/g, ' '))
  return prose.split('\n').map((part, index) => ({ kind: 'prose', line: index + 1, text: part }))
}

/** Words of a text; a name is one word for each of its humps. */
const wordsIn = ({ kind, text }: Piece): string[] => {
  const spaced = kind === 'names' ? text.replace(/([a-z0-9])([A-Z])/g, '$1 $2') : text
  return spaced.toLowerCase().match(/[a-z]+(?:-[a-z]+)*/g) ?? []
}

function findingsIn(file: string): Finding[] {
  const text = readFileSync(join(root, file), 'utf8')
  const pieces = file.endsWith('.ts') ? piecesOfCode(text) : piecesOfText(text)
  return pieces.flatMap((piece) => [...wordFindings(file, piece), ...phraseFindings(file, piece)])
}

function wordFindings(file: string, piece: Piece): Finding[] {
  return wordsIn(piece).flatMap((word) => {
    const found = houseWords.find(
      ({ forms, in: where }) => (where === 'both' || where === piece.kind) && forms.includes(word),
    )
    if (!found || isAllowed(word, piece.kind, file)) return []
    return [{ file, line: piece.line, word, say: found.say }]
  })
}

function phraseFindings(file: string, { kind, line, text }: Piece): Finding[] {
  if (kind === 'names') return []
  return housePhrases.flatMap(([phrase, say]) =>
    [...text.matchAll(phrase)].map(({ 0: word, index }) => ({ file, line: line + lineAt(text, index) - 1, word, say })),
  )
}

/** What no person writes, and what must quote the words themselves. */
const others = /generated|\.d\.ts$|house-words\.ts$|LICENSE|MATRIX\.md|RESULTS\.md|CHANGELOG\.md|sst-env|^patches\//

const [folder = '.'] = process.argv.slice(2)
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', folder], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|md|graphql)$/.test(file) && !others.test(file))

const findings = files.flatMap(findingsIn)
for (const { file, line, word, say } of findings) process.stdout.write(`${file}:${line} ${word} → ${say}\n`)
process.stdout.write(`${findings.length} house words in ${files.length} files\n`)
process.exit(findings.length > 0 ? 1 : 0)
