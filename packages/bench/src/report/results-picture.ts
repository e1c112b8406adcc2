/** Draws the figures as horizontal bars, ours in colour, legible on light and dark pages. */

import { entryOf, type PeerName } from '../peers/peer-list.ts'
import { cpuOf } from '../warm/measure-warm.ts'
import type { Timed } from '../world/operations.ts'
import type { Figures } from './goals.ts'

interface Bar {
  readonly name: string
  readonly title: string
  readonly value: number
}

const shown: readonly PeerName[] = [
  'ours',
  'apollo-default',
  'hand-written',
  'shield-tuned',
  'pothos',
  'type-graphql',
  'mercurius-auth-jit',
  'yoga-generic-auth',
  'shield-default',
]

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .quiet { fill: #59636e; font-size: 12px }
  .bar { fill: #8c959f } .ours { fill: #1f883d } .none { fill: #c8d1da }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .quiet { fill: #9198a1 }
    .bar { fill: #656c76 } .ours { fill: #3fb950 } .none { fill: #3d444d }
  }`

const size = { width: 860, label: 262, bar: 465, row: 24, head: 58 }

function plainTitle(title: string) {
  return title.replaceAll('*', '').replaceAll('`', '').replace('ours', 'Fieldnotes')
}

function escaped(text: string) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function barsOf({ warm }: Figures, operation: Timed): Bar[] {
  return shown
    .flatMap((name) => warm.lambda.filter((row) => row.name === name))
    .map((row) => ({ name: row.name, title: plainTitle(entryOf(row.name).title), value: cpuOf(row, operation) }))
    .sort((a, b) => a.value - b.value)
}

function classOf(name: string) {
  if (name === 'ours') return 'ours'
  return name === 'apollo-default' ? 'none' : 'bar'
}

function drawBar(bars: readonly Bar[]) {
  const longest = Math.max(...bars.map(({ value }) => value))
  const ours = bars.find(({ name }) => name === 'ours')
  return ({ name, title, value }: Bar, index: number): string => {
    const y = size.head + index * size.row
    const width = Math.max(2, (value / longest) * size.bar)
    const times = !ours || name === 'ours' ? '' : ` · ${(value / ours.value).toFixed(1)}×`
    return `<text x="${size.label - 10}" y="${y + 14}" text-anchor="end">${escaped(title)}</text>
<rect class="${classOf(name)}" x="${size.label}" y="${y + 2}" width="${width.toFixed(1)}" height="16" rx="3"/>
<text class="quiet" x="${(size.label + width + 6).toFixed(1)}" y="${y + 14}">${Math.round(value).toLocaleString('en')} µs${times}</text>`
  }
}

function panel(title: string, bars: readonly Bar[], top: number): string {
  return `<g transform="translate(0 ${top})">
<text class="title" x="16" y="24">${escaped(title)}</text>
<text class="quiet" x="16" y="43">CPU per request, API Gateway event to response; the same answers, compared before timing</text>
${bars.map(drawBar(bars)).join('\n')}
</g>`
}

/** An SVG with two panels: a page of notes, and one note. */
export function picture(figures: Figures): string {
  const [list, single] = [barsOf(figures, 'list'), barsOf(figures, 'single')]
  const height = size.head + list.length * size.row + 16
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${2 * height}" role="img" aria-label="Processor time per request of Fieldnotes and its peers">
<style>${style}
</style>
${panel('100 notes × 8 fields, some protected', list, 0)}
${panel('One note', single, height)}
</svg>
`
}
