/**
 * The nesting of brackets in the text of a document. The parser recurses for each bracket, and would exhaust the stack.
 */

const steps = new Map<number, number>([...'{[('].map((open) => [open.charCodeAt(0), 1]))
for (const close of '}])') steps.set(close.charCodeAt(0), -1)

const quote = '"'.charCodeAt(0)
const backslash = '\\'.charCodeAt(0)
const hash = '#'.charCodeAt(0)
const lineEnds = new Set([...'\n\r'].map((end) => end.charCodeAt(0)))

/**
 * Whether brackets are nested deeper than `max`, without parsing the text (GraphQL §2.1). Brackets in strings and
 * comments do not count. In a text with a syntax error, brackets after the error may count.
 */
export function isNestedDeeper(source: string, max: number): boolean {
  let depth = 0
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at)
    if (code === quote) at = endOfString(source, at)
    else if (code === hash) at = endOfComment(source, at)
    else depth += steps.get(code) ?? 0
    if (depth > max) return true
  }
  return false
}

/** The index of the last character of the string that begins at `start`. */
function endOfString(source: string, start: number): number {
  if (source.startsWith('"""', start)) return endOfBlockString(source, start + 3)
  let at = start + 1
  while (at < source.length) {
    const code = source.charCodeAt(at)
    if (code === quote || lineEnds.has(code)) return at
    at += code === backslash ? 2 : 1
  }
  return at
}

/** The index of the last character of a block string whose contents begin at `start`. */
function endOfBlockString(source: string, start: number): number {
  let end = source.indexOf('"""', start)
  while (end > 0 && source.charCodeAt(end - 1) === backslash) end = source.indexOf('"""', end + 3)
  return end < 0 ? source.length : end + 2
}

function endOfComment(source: string, start: number): number {
  let at = start
  while (at < source.length && !lineEnds.has(source.charCodeAt(at))) at += 1
  return at
}
