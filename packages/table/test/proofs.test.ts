import { beforeAll, describe, expect, it } from 'vitest'
import { proofKey } from '../src/access-keys.ts'
import { digestOf } from '../src/digest.ts'
import { ConditionFailed, LostAnswer } from '../src/failures.ts'
import { useProof } from '../src/proofs.ts'
import type { Table } from '../src/table.ts'
import { accessTables } from './kit/access-tables.ts'

const newTable = accessTables()
let access: Table
beforeAll(async () => {
  access = await newTable()
})

const now = 1_800_000_000
const thumbprint = 't'.repeat(43)

function use(id: string, changes: { readonly thumbprint?: string; readonly at?: number } = {}): Promise<boolean> {
  const { at = now, ...rest } = changes
  return useProof(access, { thumbprint, id, until: at + 360, ...rest }, at * 1000)
}

describe('a DPoP proof', () => {
  it('is used once, and by its digest alone', async () => {
    expect([await use('jti-1'), await use('jti-1'), await use('jti-2')]).toEqual([true, false, true])
    const item = await access.get(proofKey(thumbprint, digestOf('jti-1')))
    expect(JSON.stringify(item)).not.toContain('jti-1')
    expect(item).toMatchObject({ expiresAt: now + 360 })
  })

  it('is another one with another key', async () => {
    expect([await use('jti-3'), await use('jti-3', { thumbprint: 'u'.repeat(43) })]).toEqual([true, true])
  })

  it('is remembered until its last second, whether or not DynamoDB has deleted it', async () => {
    expect(await use('jti-4')).toBe(true)
    expect(await use('jti-4', { at: now + 359 })).toBe(false)
    expect(await use('jti-4', { at: now + 360 })).toBe(true)
  })

  it('is used by one of twenty at the same time', async () => {
    const used = await Promise.all(Array.from({ length: 20 }, () => use('jti-5')))
    expect(used.filter(Boolean)).toHaveLength(1)
  })
})

describe('a table that does not answer', () => {
  const proof = { thumbprint, id: 'jti', until: now + 360 }
  const failing = (error: unknown) => ({ write: () => Promise.reject(error) })

  it('is an outage, and no refusal', async () => {
    await expect(useProof(failing(new Error('down')), proof, now)).rejects.toThrow('down')
  })

  it('may have used the proof in an attempt without an answer: whose use it was is unknown', async () => {
    const failed = [{ failed: true, item: undefined }]
    const lost = new ConditionFailed(failed, new Error('cut'))
    await expect(useProof(failing(lost), proof, now)).rejects.toBeInstanceOf(LostAnswer)
    expect(await useProof(failing(new ConditionFailed(failed)), proof, now)).toBe(false)
  })
})
