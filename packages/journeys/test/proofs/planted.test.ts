/** Each mistake in the rules makes its statement false, and the counterexample shows the hole at the endpoint. */
import { knowledge } from '@fieldnotes/api/knowledge'
import { rules } from '@fieldnotes/api/rules'
import { unguardedSchema } from '@fieldnotes/api/schema'
import { statements } from '@fieldnotes/api/statements'
import { type Counterexample, createModel, prove } from '@fieldnotes/policy/prove'
import type { Rule } from '@fieldnotes/policy/rules'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Endpoint, startEndpoint } from '../decisions/kit/endpoint.ts'
import { send } from './counterexample-run.ts'
import { type Planted, planted, unreachable } from './planted.ts'

type Table = Record<string, Record<string, Rule>>

let endpoint: Endpoint
beforeAll(async () => {
  endpoint = await startEndpoint()
})
afterAll(() => endpoint.stop())

function tableWith({ coordinate, rule }: Planted): Table {
  const [type = '', field = ''] = coordinate.split('.')
  const table = rules as unknown as Table
  return { ...table, [type]: { ...table[type], [field]: rule } }
}

function counterexampleTo(mistake: Planted): Counterexample {
  const { statement } = mistake
  const [proof] = prove(createModel(unguardedSchema(), tableWith(mistake), knowledge), {
    [statement]: statements[statement],
  })
  if (!proof?.counterexample) throw new Error(`the statement still holds: ${statement}`)
  expect(proof.counterexample.differs).toEqual([])
  return proof.counterexample
}

/** Runs `act` at an endpoint with the mistake. */
async function atWorldWith<T>({ coordinate, rule }: Planted, act: () => Promise<T>): Promise<T> {
  const [type = '', field = ''] = coordinate.split('.')
  const row = (rules as unknown as Table)[type] ?? {}
  const right = row[field] as Rule
  row[field] = rule
  endpoint.rebuild()
  try {
    return await act()
  } finally {
    row[field] = right
    endpoint.rebuild()
  }
}

/** Statements that something is open: their counterexample is a refusal. */
const opening: ReadonlySet<string> = new Set([
  'An owner who may read reads everything plain',
  'A sharee who may read reads everything plain',
])
const refused = { value: null, code: 'FORBIDDEN' }
const shown = { value: expect.anything(), code: undefined }

describe('a mistake in the rules', () => {
  it.each(planted.map((mistake) => [mistake.statement, mistake.coordinate, mistake] as const))(
    'shows at the endpoint that it is false: %s (%s)',
    async (statement, _coordinate, mistake) => {
      const counterexample = counterexampleTo(mistake)
      const request = await send(endpoint, counterexample)
      const [usual, hole] = opening.has(statement) ? [shown, refused] : [refused, shown]
      expect(await request()).toEqual(usual)
      expect(await atWorldWith(mistake, request)).toEqual(hole)
    },
  )

  it.each(unreachable.map((mistake) => [mistake.statement, mistake] as const))(
    'is found also where the store would still hide it: %s',
    (_statement, mistake) => {
      expect(counterexampleTo(mistake).request).toBeUndefined()
    },
  )
})
