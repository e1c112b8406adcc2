/** What the smoke check makes of the answers of `sst diff`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { secondDeployment } from '../../src/smoke/second-deployment.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** A program in the place of SST. */
function printing(output: string, status: number): string {
  const file = join(temporaryFolder(), 'sst')
  writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${output}\nEND\nexit ${status}\n`, { mode: 0o755 })
  return file
}

describe('a second deployment', () => {
  it('would change nothing where SST says so', async () => {
    expect(await secondDeployment('alice', printing('➜  No changes', 0))).toMatch(/^a second one would change nothing/)
  })

  it.each([
    ['lists changes', '+  Created  Table', 0, 'sst diff --stage alice lists changes'],
    ['fails', '➜  Diff\n✕  FIELDNOTES_X is no setting\nTelemetry', 1, 'sst diff failed: FIELDNOTES_X is no setting'],
    ['fails after it found none', 'No changes\n✕  The lock was lost', 1, 'sst diff failed: The lock was lost'],
    ['fails without a mark', 'No changes\nsignal: killed', 137, 'sst diff failed: signal: killed'],
  ])('is a fault when SST %s', async (_, output, status, message) => {
    await expect(secondDeployment('alice', printing(output, status))).rejects.toThrow(message)
  })

  it('is a fault where SST is not installed', async () => {
    await expect(secondDeployment('alice', join(temporaryFolder(), 'none'))).rejects.toThrow('sst diff failed')
  })
})
