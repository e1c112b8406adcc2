/** The last second of a receipt, on a real engine and in the code. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../src/commit.ts'
import { createReceipt, keyFault, type Receipt } from '../src/receipts.ts'
import { createTable, type Table } from '../src/table.ts'
import { type Engine, startEngine } from './kit/engine.ts'
import { bePatient } from './kit/patience.ts'

bePatient()
let engine: Engine
let table: Table
beforeAll(async () => {
  engine = await startEngine()
  table = createTable(await engine.newTable())
})
afterAll(() => engine.stop())

const start = 1_795_339_800
const day = 86_400

/** The receipt of a call at this second. */
function receiptAt(second: number, input: object = { idempotencyKey: 'key', title: 'x' }): Receipt {
  const options = {
    keyOf: (digest: string) => ({ pk: 'p', sk: digest }),
    clock: () => second * 1000 + 999,
    otherInput: () => new Error('other input'),
  }
  const receipt = createReceipt(options, input)
  if (!receipt) throw new Error('no receipt')
  return receipt
}

function commitAt(second: number) {
  return commit(table, { writes: [], writeId: '', receipt: receiptAt(second).write([{ id: 'n', version: 1 }]) })
}

describe('a receipt', () => {
  it('is honoured up to its last second, and its key is free in the next', async () => {
    expect(await commitAt(start)).toEqual({ kind: 'done' })
    const again = await commitAt(start + day)
    const receipt = again.kind === 'repeated' ? again.receipt : undefined
    expect(receipt).toMatchObject({ ids: ['n'], versions: [1], expiresAt: start + day })
    expect(receiptAt(start + day).firstCall(receipt)).toEqual({ ids: ['n'], version: 1 })
    expect(receiptAt(start + day + 1).firstCall(receipt)).toBeUndefined()
    expect(await commitAt(start + day + 1)).toEqual({ kind: 'done' })
    expect((await commitAt(start + day + 1)).kind).toBe('repeated')
  })

  it('has the same digest for the members of objects in any order, and another one for lists in another order', () => {
    const bodyOf = (input: object) => {
      const write = receiptAt(start, { idempotencyKey: 'key', ...input }).write([])
      return 'put' in write && write.put.body
    }
    expect(bodyOf({ a: 1, b: [{ c: 1, d: null }] })).toBe(bodyOf({ b: [{ d: null, c: 1 }], a: 1 }))
    expect(bodyOf({ a: [1, 2] })).not.toBe(bodyOf({ a: [2, 1] }))
    expect(bodyOf({ a: null })).not.toBe(bodyOf({}))
  })

  it.each([{}, { idempotencyKey: null }, { idempotencyKey: undefined }])(
    'does not exist without a key: %j',
    (input) => {
      expect(() => receiptAt(start, input)).toThrow('no receipt')
      expect(keyFault(input)).toBeUndefined()
    },
  )

  it.each([
    ['k', true],
    ['~'.repeat(64), true],
    ['', false],
    ['k'.repeat(65), false],
    ['a b', false],
    ['ключ', false],
    ['a\n', false],
  ])('has a key of 1 to 64 visible ASCII characters: %j', (idempotencyKey, isFine) => {
    expect(keyFault({ idempotencyKey }) === undefined).toBe(isFine)
  })
})
