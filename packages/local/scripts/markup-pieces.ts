/** Prose of HTML and SVG: what a reader sees or hears. */
import { blank, keep, type Piece, prose } from './pieces.ts'

/** Attributes whose value is shown or read aloud. */
const spoken = /(?<=\s(?:aria-label|alt|title|placeholder|content)=)("[^"]*"|'[^']*')/g
/** A tag; comments are kept. */
const tag = /<(?!!--)[^>]*>/g
const code = /<(style|script)\b[\s\S]*?<\/\1>/g

/** The text, the comments, and the attributes that are text. */
export function markup(text: string): readonly Piece[] {
  const shown = blank(text, code)
  return [prose(blank(shown, tag)), prose(keep(keep(shown, tag), spoken))]
}
