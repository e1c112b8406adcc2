import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

it.each([
  ['a loop of links', (folder: string) => symlinkSync(folder, folder)],
  ['a file', (folder: string) => writeFileSync(folder, '')],
  ['a link to another folder', (folder: string) => symlinkSync(temporaryFolder(), folder)],
])('takes files for lost whose folder became %s', (_what, replace) => {
  const folder = join(temporaryFolder(), 'data')
  mkdirSync(folder)
  const log = vi.fn()
  const { isKept, stop } = keepFiles([join(folder, 'log')], log)
  onTestFinished(stop)
  writeFileSync(join(folder, 'log'), '')
  expect(isKept()).toBe(true)
  renameSync(folder, join(dirname(folder), 'moved'))
  replace(folder)
  expect(isKept()).toBe(false)
  vi.advanceTimersByTime(5_000)
  expect(log).toHaveBeenCalledTimes(1)
})
