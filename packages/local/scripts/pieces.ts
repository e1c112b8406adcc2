/** Parts of a file: prose and names, each with the line of its first character. */

/** A part of a file. `line` is the line of its first character. */
export interface Piece {
  readonly kind: 'prose' | 'names'
  readonly line: number
  readonly text: string
}

/** Splits a text into its parts. */
export type Reader = (text: string) => readonly Piece[]

/** Code in Markdown and in comments. */
export const code = /`[^`\n]*`/g

/** A whole text as prose. */
export function prose(text: string): Piece {
  return { kind: 'prose', line: 1, text }
}

/** Each identifier of a text as a name. `first` is the line at which the text begins. */
export function identifiers(text: string, first = 1): readonly Piece[] {
  return [...text.matchAll(/[A-Za-z_]\w*/g)].map(({ 0: name, index }) => ({
    kind: 'names',
    line: first + text.slice(0, index).split('\n').length - 1,
    text: name,
  }))
}

/** Replaces what matches by spaces, so that the rest keeps its lines. */
export function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, spaces)
}

/** Replaces what does not match by spaces, so that the rest keeps its lines. */
export function keep(text: string, pattern: RegExp): string {
  let [kept, end] = ['', 0]
  for (const { 0: match, index } of text.matchAll(pattern)) {
    kept += spaces(text.slice(end, index)) + match
    end = index + match.length
  }
  return kept
}

/** A space for each character but line breaks. */
export function spaces(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

/** The comments of a shell script or of YAML. */
export function hashComments(text: string): readonly Piece[] {
  return [prose(keep(text, /(?<=^|\s)#.*$/gm))]
}
