import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Event } from '../../src/http/event.ts'
import { finishSignIn, startSignIn } from '../../src/steps/browser-sign-in.ts'
import { startTable } from '../kit/world.ts'
import { partsAt } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

function withQuery(rawQueryString: string): Event {
  return { rawQueryString, headers: {} } as Event
}

describe('a query', () => {
  const steps = [
    ['startSignIn', startSignIn],
    ['finishSignIn', finishSignIn],
  ] as const

  it.each(steps)('of more than 8,192 characters is refused by %s', async (_name, step) => {
    const attempt = step(partsAt(table), withQuery(`a=${'x'.repeat(8191)}`))
    await expect(attempt).rejects.toMatchObject({ code: 'BAD_USER_INPUT', reason: 'a query of more than 8 KB' })
  })

  it('of 8,192 characters is not', async () => {
    const { statusCode } = await startSignIn(partsAt(table), withQuery(`a=${'x'.repeat(8190)}`))
    expect(statusCode).toBe(303)
  })
})
