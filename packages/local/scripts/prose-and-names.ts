/** Splits a file into prose (comments, sentences in strings, documents) and names (identifiers), by its extension. */
import { extname } from 'node:path'
import jsTokens from 'js-tokens'

/** A part of a file. `line` is the line of its first character. */
export interface Piece {
  readonly kind: 'prose' | 'names'
  readonly line: number
  readonly text: string
}

type Reader = (text: string) => readonly Piece[]

const readers: Readonly<Record<string, Reader>> = {
  '.ts': script,
  '.js': script,
  '.mjs': script,
  '.md': markdown,
  '.graphql': (text) => [prose(text), ...identifiers(text)],
  '.html': (text) => [prose(blank(text, /<(?!!--)[^>]*>/g))],
  '.css': (text) => [prose(keep(text, /\/\*[\s\S]*?\*\//g))],
  '.yaml': hashComments,
  '.yml': hashComments,
  '.json': manifestNames,
  '': hashComments,
}

/** Extensions of the files that can be split; the empty one is that of shell scripts. */
export const extensions: ReadonlySet<string> = new Set(Object.keys(readers))

/** The parts of a file; none for an unknown extension. */
export function piecesOf(file: string, text: string): readonly Piece[] {
  return readers[extname(file)]?.(text) ?? []
}

function prose(text: string): Piece {
  return { kind: 'prose', line: 1, text }
}

/** Replaces what matches by spaces, so that the rest keeps its lines. */
function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, spaces)
}

function keep(text: string, pattern: RegExp): string {
  let [kept, end] = ['', 0]
  for (const { 0: match, index } of text.matchAll(pattern)) {
    kept += spaces(text.slice(end, index)) + match
    end = index + match.length
  }
  return kept
}

function spaces(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

const comments = new Set(['SingleLineComment', 'MultiLineComment'])
const strings = new Set(['StringLiteral', 'NoSubstitutionTemplate', 'TemplateHead', 'TemplateMiddle', 'TemplateTail'])
const names = new Set(['IdentifierName', 'PrivateIdentifier'])
const code = /`[^`\n]*`/g

/** Messages and titles of tests are sentences. A string of one word is a value of a protocol or of test data. */
function isSentence(value: string): boolean {
  return /[a-z] [a-z]/i.test(value)
}

/**
 * Comments are one text, so that a phrase is found across lines. Code in a comment is names.
 * A string is a text of its own.
 */
function script(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let [written, line] = ['', 1]
  for (const { type, value } of jsTokens(text)) {
    if (names.has(type)) pieces.push({ kind: 'names', line, text: value })
    if (comments.has(type)) pieces.push(...identifiers(keep(value, code), line))
    if (strings.has(type) && isSentence(value)) pieces.push({ kind: 'prose', line, text: value })
    written += comments.has(type) ? blank(value, code) : spaces(value)
    line += value.split('\n').length - 1
  }
  return [prose(written), ...pieces]
}

function identifiers(text: string, first = 1): readonly Piece[] {
  return [...text.matchAll(/[A-Za-z_]\w*/g)].map(({ 0: name, index }) => ({
    kind: 'names',
    line: first + text.slice(0, index).split('\n').length - 1,
    text: name,
  }))
}

const fence = /^([ \t]*)(`{3,}|~{3,})(\w*).*\n([\s\S]*?)^\1\2[ \t]*$/gm
const fenced: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(['ts', 'js', 'mjs', 'typescript', 'javascript'].map((language) => [language, script])),
  ...Object.fromEntries(['sh', 'bash', 'yaml'].map((language) => [language, hashComments])),
}

/**
 * Fenced scripts are read as scripts, of shell and YAML the comments. Other code, inline code and targets of links are
 * not read.
 */
function markdown(text: string): readonly Piece[] {
  const scripts = [...text.matchAll(fence)].flatMap(({ 0: whole, 3: language = '', 4: body = '', index }) => {
    const line = text.slice(0, index + whole.indexOf('\n') + 1).split('\n').length
    return (fenced[language]?.(body) ?? []).map((piece) => ({ ...piece, line: piece.line + line - 1 }))
  })
  const words = [fence, code, /\]\([^)]*\)/g].reduce(blank, text)
  return [prose(words), ...scripts]
}

function hashComments(text: string): readonly Piece[] {
  return [prose(keep(text, /(?<=^|\s)#.*$/gm))]
}

/** Names that a `package.json` gives: of its exports and of its scripts. */
function manifestNames(text: string): readonly Piece[] {
  const { exports = {}, scripts = {} } = JSON.parse(text)
  const given = [...Object.keys(exports), ...Object.keys(scripts)]
  return given.map((name) => ({ kind: 'names', line: lineOf(text, `"${name}"`), text: name }))
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length
}
