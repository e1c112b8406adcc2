/** The folder of the keys and the data: only its owner reads it. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFolder, writePrivately } from '../src/data-folder.ts'
import { UsageError } from '../src/usage-error.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A umask that takes nothing away, so that a mode comes from the code alone. */
function withoutUmask(): void {
  const mask = process.umask(0)
  onTestFinished(() => void process.umask(mask))
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

describe('openFolder', () => {
  it('creates a folder that only its owner may list, enter and write', () => {
    withoutUmask()
    const folder = join(temporaryFolder(), 'data')
    openFolder(folder)
    expect(modeOf(folder)).toBe(0o700)
  })

  it('leaves a folder that exists as it is', () => {
    const folder = join(temporaryFolder(), 'data')
    mkdirSync(folder)
    chmodSync(folder, 0o750)
    openFolder(folder)
    expect(modeOf(folder)).toBe(0o750)
  })

  it('creates one level only', () => {
    expect(() => openFolder(join(temporaryFolder(), 'a/b'))).toThrow(UsageError)
  })
})

describe('writePrivately', () => {
  it('writes a file that only its owner may read, also in place of one that others may', () => {
    withoutUmask()
    const file = join(temporaryFolder(), 'keys.json')
    writeFileSync(file, 'old', { mode: 0o644 })
    writePrivately(file, 'new')
    expect([modeOf(file), readFileSync(file, 'utf8')]).toEqual([0o600, 'new'])
  })

  it('leaves no draft when it fails', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'keys.json'))
    expect(() => writePrivately(join(folder, 'keys.json'), 'new')).toThrow(UsageError)
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })
})
