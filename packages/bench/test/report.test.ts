/** The report and the picture, from invented figures. */
import { describe, expect, it } from 'vitest'
import type { ColdRow } from '../src/cold/measure-cold.ts'
import type { PeerName } from '../src/peers/peer-list.ts'
import type { Figures } from '../src/report/goals.ts'
import { report } from '../src/report/report.ts'
import { picture } from '../src/report/results-picture.ts'
import type { WarmRow } from '../src/warm/measure-warm.ts'

/** Five rounds of the list; one note takes half the time. */
function row(name: PeerName, ...list: number[]): WarmRow {
  return {
    name,
    rounds: { list, single: list.map((cost) => cost / 2) },
  }
}

/** A start with only the printed figures. */
function cold(name: string, cpu: number): ColdRow {
  const starts = [cpu - 1, cpu, cpu + 1].map((time) => ({ wall: time, cpu: time }) as ColdRow['plain'][number])
  return { name, title: name, kilobytes: 100, plain: starts, cached: starts }
}

function figuresOf(...lambda: WarmRow[]): Figures {
  return {
    warm: { lambda, engine: [] },
    cold: { peers: [cold('deployed', 90), cold('floor', 30)], endpoint: [] },
  }
}

const figures = figuresOf(
  row('apollo-default', 1000, 1000, 1000, 1000, 2000),
  row('yoga-generic-auth', 1000, 1000, 1000, 1000, 1000),
  row('shield-default', 3800, 3500, 3800, 3800, 3800),
  row('ours', 310, 305, 301, 290, 200),
)

const looks = 'it was looked at (before and after the run, in each warm round, before each table of cold starts)'

function printed(of: Figures, others = 0.04) {
  return report(of, { when: '2026-11-22', how: 'npm run bench', others })
}

describe('the report', () => {
  it.each([
    ['a goal that is met', '| Lambda list ÷ Apollo without authorization | 0.301 (0.290–0.305) | ≤ 0.45 | met |'],
    [
      'a goal that is met by a hair',
      '| Lambda list ÷ Apollo + graphql-shield | 0.079 (0.076–0.082) | ≤ 0.08 | met, on the line |',
    ],
    [
      'a goal that is missed by a hair',
      '| Lambda list ÷ Yoga + generic-auth | 0.301 (0.290–0.305) | ≤ 0.3 | **not met**, on the line |',
    ],
    [
      'a cold goal that is missed, with what single starts would have given',
      '| deployed bundle, cold ÷ bare handler, both cached | 3.00 (2.97–3.03) | ≤ 1.7 | **not met** |',
    ],
    ['what the figures in brackets are', '| our figure ÷ theirs | ratio (middle half of the rounds) | goal |  |'],
    ['a goal without figures', '| Lambda list ÷ Mercurius + auth + jit | – | ≤ 0.3 | not measured |'],
    ['a row, and dashes where nothing was timed', '| Apollo, no authorization | 500 | 1000 | – | – | – | 1.00 |'],
    ['ours', '| **ours** | 151 | 301 | – | – | – | 0.30 |'],
  ])('has %s', (_name, line) => {
    expect(printed(figures).split('\n')).toContain(line)
  })

  it('has a dash for the list ratio where its divisor is not measured', () => {
    expect(printed(figuresOf(row('ours', 300)))).toContain('| **ours** | 150 | 300 | – | – | – | – |')
  })

  it.each([
    ['idle', 0.04, `The machine was idle besides: other programs had up to 0.0 of its cores whenever ${looks}.`],
    [
      'busy',
      0.6,
      `**The machine was busy: other programs had up to 0.6 of its cores whenever ${looks}. Not to be quoted.**`,
    ],
    ['unknown', Number.NaN, 'What else the machine did is not known.'],
  ])('says that the machine was %s', (_name, others, words) => {
    expect(printed(figures, others)).toContain(words)
  })

  it('never prints what is no number', () => {
    expect(printed(figuresOf())).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('the picture', () => {
  it('has a bar for each row, the fastest first, and how many times ours they are', () => {
    const svg = picture(figuresOf(row('apollo-default', 1200), row('yoga-generic-auth', 1000), row('ours', 301)))
    const shown = [...svg.matchAll(/text-anchor="end">([^<]*)/g)].map(([, title]) => title)
    const order = ['Fieldnotes', 'Yoga + generic-auth', 'Apollo, no authorization']
    expect(shown).toEqual([...order, ...order])
    expect(svg).toContain('>1,000 µs · 3.3×<')
    expect(svg).toContain('>301 µs<')
  })

  it.each([
    ['without ours', figuresOf(row('apollo-default', 1000))],
    ['without rows', figuresOf()],
  ])('can be drawn %s', (_name, of) => {
    expect(picture(of)).not.toMatch(/NaN|undefined|Infinity/)
  })
})
