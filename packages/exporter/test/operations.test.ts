/** The operations of the exporter are listed ones: a stage that executes no others executes them. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exportNotes, exportProfile } from '../src/notes/operations.ts'

const file = new URL('../../api/src/generated/operations.json', import.meta.url)
const listed: readonly { name: string; body: string }[] = JSON.parse(readFileSync(file, 'utf8')).operations

describe('an operation of the exporter', () => {
  it.each([
    ['ExportNotes', exportNotes.text],
    ['ExportProfile', exportProfile.text],
  ])('%s is the listed one', (name, text) => {
    expect(text).toBe(listed.find((operation) => operation.name === name)?.body)
  })
})
