import { describe, expect, it } from 'vitest'
import { durationWords, startProgress } from '../src/progress.ts'

/** A command of four steps, its terminal and its clock. */
function start(isTTY: boolean) {
  const written: string[] = []
  let now = 0
  const terminal = { isTTY, write: (text: string) => written.push(text) }
  const output = { write: (text: string) => written.push(`> ${text}`) }
  const progress = startProgress(
    { command: 'npm run danger', steps: 4, noun: 'changes', secondsEach: 30 },
    { terminal, output, clock: () => now },
  )
  return {
    ...progress,
    wait: (seconds: number) => {
      now += seconds * 1000
    },
    /** What was written since the last call, without the codes that clear a line. */
    seen: () => written.splice(0).filter((text) => !text.startsWith('\u001b')),
  }
}

describe('progress', () => {
  it.each([true, false])('says at the start how long the command takes, with a terminal: %s', (isTTY) => {
    expect(start(isTTY).seen()).toEqual(['npm run danger: 4 changes, about 2 minutes.\n'])
  })

  it('shows on a terminal which step runs, and what is left: at first as expected, then as measured', () => {
    const { step, wait, seen } = start(true)
    seen()
    step('one')
    expect(seen()).toEqual(['1 of 4, about 2 minutes left: one'])
    wait(60)
    step('two')
    expect(seen()).toEqual(['2 of 4, about 2 minutes left: two'])
    wait(60)
    step('three')
    wait(60)
    step('four')
    expect(seen().at(-1)).toBe('4 of 4, about 60 s left: four')
  })

  it('keeps its line below the output', () => {
    const { step, print, seen } = start(true)
    step('one')
    seen()
    print('red, as it must be')
    expect(seen()).toEqual(['', '> red, as it must be\n', '1 of 4, about 2 minutes left: one'])
  })

  it('removes its line at the end', () => {
    const { step, end, seen } = start(true)
    step('one')
    seen()
    end()
    expect(seen()).toEqual([''])
  })

  it('writes only the output on what is no terminal', () => {
    const { step, print, end, seen } = start(false)
    seen()
    step('one')
    print('red, as it must be')
    end()
    expect(seen()).toEqual(['> red, as it must be\n'])
  })

  it.each([
    [0.2, '1 s'],
    [45, '45 s'],
    [89, '89 s'],
    [90, '2 minutes'],
    [600, '10 minutes'],
  ])('says %d seconds as %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words)
  })
})
