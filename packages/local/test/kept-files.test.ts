import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { keepFiles } from '../src/kept-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched() {
  const log = vi.fn()
  const file = join(temporaryFolder(), 'log')
  const keeper = keepFiles([file], log)
  onTestFinished(keeper.stop)
  return { ...keeper, file, log, seconds: (count: number) => vi.advanceTimersByTime(count * 1000) }
}

it('watches a file from when it exists', () => {
  const { isKept, file, seconds, log } = watched()
  seconds(3)
  writeFileSync(file, '')
  expect(isKept()).toBe(true)
  rmSync(file)
  expect(isKept()).toBe(false)
  seconds(5)
  expect(log).toHaveBeenCalledTimes(1)
})

it('takes a loss for final at the second look, also when the file is put back', () => {
  const { isKept, file, seconds, log } = watched()
  writeFileSync(file, '')
  isKept()
  renameSync(file, `${file}2`)
  seconds(1)
  expect([isKept(), log.mock.calls.length]).toEqual([false, 0])
  seconds(1)
  renameSync(`${file}2`, file)
  expect([isKept(), log.mock.calls.length]).toEqual([false, 1])
})

it('expects another file after what wrote it has ended, and notices the loss of that one', () => {
  const { isKept, forget, file, seconds, log } = watched()
  writeFileSync(file, '')
  isKept()
  rmSync(file)
  seconds(1)
  expect(isKept()).toBe(false)
  forget(file)
  seconds(3)
  writeFileSync(file, '')
  expect([isKept(), log.mock.calls.length]).toEqual([true, 0])
  rmSync(file)
  expect(isKept()).toBe(false)
})
