/** The matrix as one HTML page that loads no other file: filters by caller and type, search, and what changed. */
import { type Cell, type Matrix, type Row, rowsByType } from './matrix.ts'
import { type Change, cellWords, changesBetween } from './matrix-diff.ts'
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

function keyOf({ type, field, caller }: Pick<Change, 'type' | 'field' | 'caller'>): string {
  return `${type}.${field} ${caller}`
}

function cellHtml(cell: Cell | undefined, caller: string, change: Change | undefined): string {
  const kind = cell?.verdict ?? 'absent'
  const before = change ? `<del>${escaped(change.before)}</del>` : ''
  const attributes = `class="${kind}${change ? ' changed' : ''}" data-caller="${escaped(caller)}"`
  return `<td ${attributes}><span>${escaped(cellWords(cell))}</span>${before}</td>`
}

function rowHtml(row: Row, callers: readonly string[], changes: Changes): string {
  const { type, field, rule } = row
  const cells = callers.map((caller) =>
    cellHtml(row.cells[caller], caller, changes.get(keyOf({ type, field, caller }))),
  )
  const found = escaped(`${type}.${field} ${rule}`)
  const heads = `<th scope="row">${escaped(field)}</th><td class="rule">${escaped(rule)}</td>`
  return `<tr data-row="${found}">${heads}${cells.join('')}</tr>`
}

function headHtml(callers: readonly string[]): string {
  const heads = callers.map((caller) => `<th scope="col" data-caller="${escaped(caller)}">${escaped(caller)}</th>`)
  return `<thead><tr><th scope="col">field</th><th scope="col">rule</th>${heads.join('')}</tr></thead>`
}

function tableHtml(type: string, rows: readonly Row[], callers: readonly string[], changes: Changes): string {
  return `<table data-type="${escaped(type)}"><caption>${escaped(type)}</caption>${headHtml(callers)}<tbody>${rows
    .map((row) => rowHtml(row, callers, changes))
    .join('\n')}</tbody></table>`
}

function goneHtml(gone: readonly Row[]): string {
  if (gone.length === 0) return ''
  const rows = gone.map(({ type, field, rule }) => {
    const coordinate = escaped(`${type}.${field}`)
    const cells = `<th scope="row"><del>${coordinate}</del></th><td class="rule">${escaped(rule)}</td>`
    return `<tr class="gone" data-row="${coordinate}">${cells}</tr>`
  })
  return `<table data-type="gone"><caption>No longer there</caption><tbody>${rows.join('\n')}</tbody></table>`
}

function formHtml({ callers }: Matrix, types: readonly string[], changes: number | undefined): string {
  const options = types.map((type) => `<option>${escaped(type)}</option>`)
  const boxes = callers.map(
    (caller) =>
      `<label><input type="checkbox" name="caller" value="${escaped(caller)}" checked> ${escaped(caller)}</label>`,
  )
  const only =
    changes === undefined ? '' : `<label><input type="checkbox" name="changed"> only what changed (${changes})</label>`
  return `<form><select name="type" aria-label="type"><option value="">every type</option>${options.join('')}</select>
<input type="search" name="text" placeholder="field or rule" aria-label="field or rule">
<fieldset aria-label="callers">${boxes.join('')}</fieldset>${only}</form>`
}

/** The whole page. Names and rules are escaped; the page loads nothing. */
export function matrixPage(matrix: Matrix, before?: Matrix): string {
  const changes = before ? changesBetween(before, matrix) : undefined
  const byCell = new Map((changes ?? []).map((change) => [keyOf(change), change]))
  const types = rowsByType(matrix)
  const coordinates = new Set(matrix.rows.map(({ type, field }) => `${type}.${field}`))
  const gone = (before?.rows ?? []).filter(({ type, field }) => !coordinates.has(`${type}.${field}`))
  const tables = types.map(([type, rows]) => tableHtml(type, rows, matrix.callers, byCell))
  const form = formHtml(
    matrix,
    types.map(([type]) => type),
    changes?.length,
  )
  const size = `${matrix.rows.length} fields × ${matrix.callers.length} kinds of caller`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who may read and do what</title><style>${style}</style></head>
<body><header><h1>Who may read and do what <small>${size}</small></h1>${form}</header>
<main>${tables.join('\n')}${goneHtml(gone)}</main><script>${script}</script></body></html>
`
}
