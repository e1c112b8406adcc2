/** `npm run matrix`: who may read and do what, from the rules alone. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Matrix } from '@fieldnotes/policy/matrix'
import { formatMatrix, isMatrixFormat } from '@fieldnotes/policy/matrix-text'
import { createSchema } from '../src/schema.ts'
import { kinds } from './kinds.ts'

const help = `npm run -s matrix -- [options]

  --format md|json|html   md unless said; html is one page with filters
  --against FILE          also what changed since FILE, written by --format json
  --help                  this text

packages/api/MATRIX.md is \`npm run -s matrix > packages/api/MATRIX.md\`; a test fails when it is stale.
`

/** Ends with words for the person who asked. */
const complain = (words: string): never => {
  process.stderr.write(`${words}\n`)
  process.exit(2)
}

const parsed = () => {
  try {
    const options = {
      format: { type: 'string', default: 'md' },
      against: { type: 'string' },
      help: { type: 'boolean' },
    } as const
    return parseArgs({ options }).values
  } catch (error) {
    return complain(`${error instanceof Error ? error.message : error}\n\n${help}`)
  }
}

const readMatrix = (file: string): Matrix => {
  try {
    const matrix = JSON.parse(readFileSync(file, 'utf8'))
    if (Array.isArray(matrix.rows) && Array.isArray(matrix.callers)) return matrix
    return complain(`${file} is no matrix: write it with --format json.`)
  } catch (error) {
    return complain(`${file} can't be read: ${error instanceof Error ? error.message : error}`)
  }
}

const { format, against, help: asked } = parsed()
if (asked) {
  process.stdout.write(help)
} else if (!isMatrixFormat(format)) {
  complain(`--format takes md, json or html, not "${format}".`)
} else {
  const before = against === undefined ? undefined : readMatrix(against)
  process.stdout.write(formatMatrix(createSchema().matrix(kinds), format, before))
}
