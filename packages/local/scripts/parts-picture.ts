/** `npm run picture`: draws `docs/parts.svg`, the picture at the top of the README, from the table in `parts.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Arrow, arrows, type Box, boxes, columns, footer, tokens } from './parts.ts'

/** Where the picture is. */
export const pictureFile = join(import.meta.dirname, '../../../docs/parts.svg')

interface Point {
  readonly x: number
  readonly y: number
}

const size = { width: 1000, height: 440, boxWidth: 196, boxHeight: 52, top: 84, bottom: 396 }

/** Left edge of each column. */
const lefts = [8, 262, 532, 796] as const

const style = `
text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; text-anchor: middle }
.title { font-weight: 600; font-size: 14px }
.column { font-weight: 600; fill: #59636e }
.small { font-size: 12px; fill: #59636e }
.box { fill: #f6f8fa; stroke: #d1d9e0 }
.step { fill: #ddf4ff; stroke: #54aeff }
.arrow { fill: none; stroke: #59636e; stroke-width: 1.5; marker-end: url(#head) }
.head { fill: #59636e }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .column, .small { fill: #9198a1 }
  .box { fill: #151b23; stroke: #3d444d }
  .step { fill: #121d2f; stroke: #1f6feb }
  .arrow { stroke: #9198a1 }
  .head { fill: #9198a1 }
}
`

/** Boxes of a column are spread evenly over its height. */
function cornerOf(box: Box): Point {
  const column = boxes.filter((other) => other.column === box.column)
  const room = (size.bottom - size.top) / column.length
  const y = size.top + room * (column.indexOf(box) + 0.5) - size.boxHeight / 2
  return { x: lefts[box.column] ?? 0, y: Math.round(y) }
}

function text(words: string, { x, y }: Point, kind = ''): string {
  return `<text x="${x}" y="${y}"${kind && ` class="${kind}"`}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`
}

function drawBox(box: Box): string {
  const { x, y } = cornerOf(box)
  const middle = x + size.boxWidth / 2
  const kind = box.column === 2 ? 'step' : 'box'
  return [
    `<rect x="${x}" y="${y}" width="${size.boxWidth}" height="${size.boxHeight}" rx="6" class="${kind}"/>`,
    text(box.title, { x: middle, y: y + 22 }, 'title'),
    text(box.text, { x: middle, y: y + 41 }, 'small'),
  ].join('\n')
}

function boxOf(id: string): Box {
  const found = boxes.find((box) => box.id === id)
  if (found === undefined) throw new Error(`no box is named ${id}`)
  return found
}

/** Between columns from side to side, within a column from bottom to top. */
function endsOf(from: Box, to: Box): readonly [Point, Point] {
  const [start, end] = [cornerOf(from), cornerOf(to)]
  const half = size.boxHeight / 2
  if (from.column === to.column) {
    const x = start.x + size.boxWidth / 2
    return [
      { x, y: start.y + size.boxHeight },
      { x, y: end.y - 3 },
    ]
  }
  const right = from.column < to.column
  return [
    { x: right ? start.x + size.boxWidth : start.x, y: start.y + half },
    { x: right ? end.x - 3 : end.x + size.boxWidth + 3, y: end.y + half },
  ]
}

function drawArrow({ from, to, label }: Arrow): string {
  const [start, end] = endsOf(boxOf(from), boxOf(to))
  const line = `<path d="M${start.x} ${start.y} L${end.x} ${end.y}" class="arrow"/>`
  if (label === undefined) return line
  return [line, text(label, { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 - 10 }, 'small')].join('\n')
}

/** From the top of one box, along the top of the picture, to the top of another. */
function drawOver({ from, to, label = '' }: Arrow): string {
  const [start, end] = [cornerOf(boxOf(from)), cornerOf(boxOf(to))]
  const [x1, x2] = [start.x + size.boxWidth - 14, end.x + 14]
  return [
    `<path d="M${x1} ${start.y} V16 H${x2} V${end.y - 3}" class="arrow"/>`,
    text(label, { x: (x1 + x2) / 2, y: 32 }, 'small'),
  ].join('\n')
}

/** The SVG, light or dark as the reader's system is. */
export function drawPicture(): string {
  const heads = columns.map((name, index) =>
    text(name, { x: (lefts[index] ?? 0) + size.boxWidth / 2, y: 62 }, 'column'),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Clients, doors, the steps of the endpoint, and the services that they use">`,
    `<style>${style}</style>`,
    '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 Z" class="head"/></marker>',
    ...heads,
    drawOver(tokens),
    ...arrows.map(drawArrow),
    ...boxes.map(drawBox),
    text(footer.text, { x: size.width / 2, y: size.height - 14 }, 'small'),
    '</svg>',
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(pictureFile, drawPicture())
