import { describe, expect, it } from 'vitest'
import { goalRows } from '../src/report/goal-rows.ts'

const report = `
| our figure ÷ theirs | ratio (middle half of the rounds) | goal |  |
| --- | ---: | ---: | ---: |
| Lambda list ÷ Apollo without authorization | 0.113 (0.107–0.117) | ≤ 0.45 | met |
| Lambda list ÷ hand-coded floor (goal) | 2.12 (2.04–2.13) | ≤ 2.5 | met |
| a refused field ÷ Mercurius + auth + jit | – | ≤ 1 | not measured |

| CPU µs | one note | list ratio |
| **ours** | 27 | 0.13 |
`

describe('the goals of a printed report', () => {
  it('are read with titles that commits have in common', () => {
    expect([...goalRows(report)]).toEqual([
      ['Lambda list ÷ Apollo without authorization', 0.113],
      ['Lambda list ÷ hand-coded floor', 2.12],
    ])
  })
})
