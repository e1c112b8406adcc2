import { describe, expect, it } from 'vitest'
import { createWatch, isBusy, othersBetween, type Times } from '../src/measure/machine.ts'

const start: Times = { cores: 2, used: 50_000, idle: 90_000 }
function later(used: number, idle: number): Times {
  return { cores: 2, used: start.used + used, idle: start.idle + idle }
}

describe('othersBetween', () => {
  /** After one second on two cores. */
  it.each([
    ['no program works', later(0, 2_000), 0, 0],
    ['the run alone works', later(1_000, 1_000), 1_000, 0],
    ['another program works', later(1_000, 1_000), 0, 1],
    ['both work', later(2_000, 0), 1_000, 1],
    ['the run does more than the system has counted yet', later(990, 1_010), 1_000, 0],
  ])('counts the load of other programs when %s', (_name, after, own, others) => {
    expect(othersBetween(start, after, own)).toBe(others)
  })

  it('does not know where nothing is counted, or too short', () => {
    expect(othersBetween(start, start, 0)).toBeNaN()
    expect(othersBetween(start, later(20, 20), 20)).toBeNaN()
  })
})

describe('createWatch', () => {
  /** Reports for these successive readings, when the run itself uses half a second. */
  const watching = (...counted: Times[]) => {
    const said: string[] = []
    const watch = createWatch(
      (line) => said.push(line),
      () => counted.shift() ?? start,
    )
    while (counted.length > 0) watch.begin()('round 1', 500)
    return { said, most: watch.most() }
  }

  it('says when the machine is busy, and remembers the most', () => {
    const { said, most } = watching(start, later(2_000, 0), start, later(500, 1_500))
    expect(said).toEqual([expect.stringMatching(/busy.*round 1/)])
    expect(isBusy(most)).toBe(true)
  })

  it('says nothing of a machine that does nothing else', () => {
    const { said, most } = watching(start, later(520, 1_480), start, later(500, 1_500))
    expect(said).toEqual([])
    expect([most > 0, isBusy(most)]).toEqual([true, false])
  })

  it('does not call a machine idle that it knows nothing of', () => {
    expect(watching().most).toBeNaN()
    expect(watching(start, start).most).toBeNaN()
  })
})
