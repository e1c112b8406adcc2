/**
 * The matrix as one HTML page that loads no other file: one table with aligned columns and a head that stays visible,
 * a short word for each cell with the whole on hover, filters, and what changed.
 */
import { cellWords, meaningOf, shortened } from './cell-words.ts'
import { type Cell, type Matrix, type Row, rowsByType } from './matrix.ts'
import { type Change, changesBetween } from './matrix-diff.ts'
import { script, style } from './matrix-page-assets.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char)
}

type Changes = ReadonlyMap<string, Change>

/** What every part of the page reads. */
interface Page {
  readonly matrix: Matrix
  readonly changes: Changes
}

function keyOf({ type, field, caller }: Pick<Change, 'type' | 'field' | 'caller'>): string {
  return `${type}.${field} ${caller}`
}

/** The sign of a cell beside its word. More than one code is shown as a plain refusal. */
function signOf(cell: Cell | undefined): string {
  if (!cell) return 'absent'
  if (cell.verdict !== 'deny') return cell.verdict === 'allow' ? 'yes' : 'if'
  const [code, ...others] = cell.codes
  return code === undefined || others.length > 0 ? 'no' : signs[code]
}

const signs = {
  UNAUTHENTICATED: 'sign-in',
  FORBIDDEN: 'no',
  NOT_FOUND: 'not-found',
  UNAVAILABLE: 'undecidable',
} as const

const marks = { wider: '▲', narrower: '▼', other: '◆' } as const

function changeHtml(change: Change | undefined, { words }: Matrix): string {
  if (!change) return ''
  const { direction, before } = change
  return `<span class="mark">${marks[direction]}</span><del>${escaped(shortened(before, words))}</del> `
}

function cellHtml(row: Row, caller: string, { matrix, changes }: Page): string {
  const cell = row.cells[caller]
  const change = changes.get(keyOf({ ...row, caller }))
  const classes = `${signOf(cell)}${change ? ` changed ${change.direction}` : ''}`
  const [whole, short] = [meaningOf(cell), shortened(cellWords(cell), matrix.words)].map(escaped)
  const attributes = `class="${classes}" data-caller="${escaped(caller)}" title="${whole}" tabindex="-1"`
  return `<td ${attributes}><i class="sign"></i>${changeHtml(change, matrix)}${short}</td>`
}

function ruleHtml(rule: string): string {
  return `<td class="rule" title="${escaped(rule)}">${escaped(rule)}</td>`
}

function rowHtml(row: Row, page: Page): string {
  const { type, field, rule } = row
  const cells = page.matrix.callers.map((caller) => cellHtml(row, caller, page))
  const data = { type, field: `${type}.${field}`, rule }
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${escaped(value)}"`)
  return `<tr ${attributes.join(' ')}><th scope="row">${escaped(field)}</th>${cells.join('')}${ruleHtml(rule)}</tr>`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function groupHtml(type: string, rows: readonly string[], columns: number): string {
  const label = `<th scope="rowgroup">${escaped(type)}</th><td colspan="${columns}">${count(rows.length, 'field')}</td>`
  return [`<tbody><tr class="type">${label}</tr>`, ...rows, '</tbody>'].join('\n')
}

/** A kind of caller in two lines: what is after the first comma is the second. */
function callerHtml(caller: string): string {
  const [, name = caller, more = ''] = /^(.*?), (.*)$/s.exec(caller) ?? []
  const small = more ? `<small>${escaped(more)}</small>` : ''
  return `<th scope="col" data-caller="${escaped(caller)}">${escaped(name)}${small}</th>`
}

function headHtml({ callers }: Matrix): string {
  const heads = callers.map(callerHtml).join('')
  return `<thead><tr><th scope="col">Field</th>${heads}<th scope="col" class="rule">Rule</th></tr></thead>`
}

function goneHtml(gone: readonly Row[], columns: number): string {
  if (gone.length === 0) return ''
  const rows = gone.map(({ type, field, rule }) => {
    const coordinate = escaped(`${type}.${field}`)
    const cells = `<th scope="row"><del>${coordinate}</del></th><td colspan="${columns - 1}"></td>${ruleHtml(rule)}`
    return `<tr class="gone" data-type="gone" data-field="${coordinate}" data-rule="${escaped(rule)}">${cells}</tr>`
  })
  return groupHtml('No longer there', rows, columns)
}

function formHtml({ callers }: Matrix, types: readonly string[], changes: number | undefined): string {
  const options = types.map((type) => `<option>${escaped(type)}</option>`)
  const boxes = callers.map(
    (caller) =>
      `<label><input type="checkbox" name="caller" value="${escaped(caller)}" checked> ${escaped(caller)}</label>`,
  )
  const only =
    changes === undefined ? '' : `<label><input type="checkbox" name="changed"> only what changed (${changes})</label>`
  return `<form><input type="search" name="text" placeholder="Field or rule" aria-label="Field or rule">
<select name="type" aria-label="Type"><option value="">Every type</option>${options.join('')}</select>
<details><summary>Callers</summary><fieldset aria-label="Callers">${boxes.join('')}</fieldset></details>${only}
<ul aria-label="Legend">${legendHtml}</ul></form>`
}

const legendHtml = [
  ['yes', 'yes'],
  ['if', 'if …: point at the cell'],
  ['no', 'no'],
  ['sign-in', 'sign in'],
]
  .map(([sign, words]) => `<li class="${sign}"><i class="sign"></i>${words}</li>`)
  .join('')

/** The whole page. Names and rules are escaped; the page loads nothing. */
export function matrixPage(matrix: Matrix, before?: Matrix): string {
  const changes = before ? changesBetween(before, matrix) : undefined
  const page = { matrix, changes: new Map((changes ?? []).map((change) => [keyOf(change), change])) }
  const types = rowsByType(matrix)
  const columns = matrix.callers.length + 1
  const coordinates = new Set(matrix.rows.map(({ type, field }) => `${type}.${field}`))
  const gone = (before?.rows ?? []).filter(({ type, field }) => !coordinates.has(`${type}.${field}`))
  const groups = types.map(([type, rows]) =>
    groupHtml(
      type,
      rows.map((row) => rowHtml(row, page)),
      columns,
    ),
  )
  const form = formHtml(
    matrix,
    types.map(([type]) => type),
    changes?.length,
  )
  const size = `${count(matrix.rows.length, 'field')}, ${count(matrix.callers.length, 'kind')} of caller, from the rules alone`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who may read and do what</title><style>${style}</style></head>
<body><header><h1>Who may read and do what</h1><p>${size}</p></header>
${form}
<main class="scroller" tabindex="0" aria-label="The matrix"><table>${headHtml(matrix)}
${groups.join('\n')}
${goneHtml(gone, columns)}</table></main>
<footer aria-live="polite"><strong>Point at a cell</strong><span>or move with the arrow keys: it is read out here.</span><code></code></footer>
<script>${script}</script></body></html>
`
}
