/** What one request may use: whose limit it is, what refuses, what the headers say, and what an outage closes. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { startEngine } from '@fieldnotes/table/test/engine'
import { parseList } from 'structured-headers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Application } from '../../src/keys/application.ts'
import { createRateGates, type RateGate, unitsOf } from '../../src/limits/rate-gate.ts'

let engine: Awaited<ReturnType<typeof startEngine>>
let table: OpenTable
beforeAll(async () => {
  engine = await startEngine()
  table = createTable(await engine.newTable('rates'))
})
afterAll(() => engine.stop())

const now = Date.parse('2026-11-26T12:00:00Z')
const alice = sampleUser({ id: 'alice' })
const appOfThird = sampleUser({ id: 'alice', issuer: 'fieldnotes', clientId: 'skill', thirdParty: true })
function ofService(id: string): Principal {
  return sampleUser({ ...appOfThird, id, clientId: 'exporter', actor: { subject: 'exporter' } })
}
function log() {}

function gates(of = table) {
  return createRateGates(of, Date.now, log)
}

let made = 0
function newApplication(limits?: Application['limits']): Application {
  made += 1
  return { id: `app${made}`, stage: 'test', clients: ['cognito:app'], keys: [], ...(limits && { limits }) }
}

/** `done`, or what refuses: code, status and seconds. */
async function spend(gate: RateGate, cost: number): Promise<unknown> {
  try {
    await gate.spend(cost)
    return 'done'
  } catch (error) {
    const { code, extensions, remedy } = error as { code: string; extensions: object; remedy?: { after?: number } }
    return { code, ...extensions, ...(remedy && { after: remedy.after }) }
  }
}

function parsed(header = '') {
  return Object.fromEntries(parseList(header).map(([name, parameters]) => [name, Object.fromEntries(parameters)]))
}

describe('whose limit it is', () => {
  const limits = { burst: 20, perSecond: 10 }
  it.each<[string, Principal, Application | undefined, object]>([
    ['an anonymous caller has none', anonymous, undefined, {}],
    ['a person has that of people', alice, undefined, { burst: { q: 10_000, qu: 'requests', w: 10 } }],
    [
      'a client of a third party has one for all of its people',
      appOfThird,
      undefined,
      { burst: { q: 2_500_000, qu: 'cost', w: 10 }, day: { q: 1_000_000_000, qu: 'cost', w: 86_400 } },
    ],
    [
      'a service of our own has one for each person for whom it acts',
      ofService('alice'),
      undefined,
      { burst: { q: 10_000, qu: 'requests', w: 10 } },
    ],
    [
      'an application has its own, where its item has one, and that of the table',
      appOfThird,
      newApplication(limits),
      { burst: { q: 20, qu: 'cost', w: 2 }, day: { q: 50_000_000, qu: 'cost', w: 86_400 } },
    ],
  ])('%s', (_name, principal, application, policy) => {
    expect(parsed(gates()({ principal, application, now }).headers()['ratelimit-policy'])).toEqual(policy)
  })

  it('two people of one service do not share one, nor does a person with the service', async () => {
    const gateFor = gates()
    const of = (principal: Principal) => gateFor({ principal, application: undefined, now })
    for (let page = 0; page < 10_000; page += 1) await of(ofService('alice')).spend(25_000)
    expect(await spend(of(ofService('alice')), 1)).toMatchObject({ code: 'LIMIT_EXCEEDED', after: 1 })
    expect([await spend(of(ofService('bob')), 25_000), await spend(of(alice), 10_000)]).toEqual(['done', 'done'])
  })

  it('two clients of third parties, and two applications, do not share one', async () => {
    const gateFor = gates()
    const other = { ...appOfThird, clientId: 'other' }
    expect(await spend(gateFor({ principal: appOfThird, application: undefined, now }), 2_500_000)).toBe('done')
    expect(await spend(gateFor({ principal: appOfThird, application: undefined, now }), 1)).toMatchObject({ after: 1 })
    expect(await spend(gateFor({ principal: other, application: undefined, now }), 2_500_000)).toBe('done')
    expect(await spend(gateFor({ principal: appOfThird, application: newApplication(limits), now }), 20)).toBe('done')
  })

  it('many people of one client of a third party share one, in every instance', async () => {
    const clientId = 'shared'
    const [one, two] = ['alice', 'bob'].map((id) => ({ ...appOfThird, id, clientId }))
    expect(await spend(gates()({ principal: one as Principal, application: undefined, now }), 2_500_000)).toBe('done')
    expect(await spend(gates()({ principal: two as Principal, application: undefined, now }), 2_500_000)).toMatchObject(
      {
        code: 'LIMIT_EXCEEDED',
        after: 10,
      },
    )
  })
})

describe('a limit', () => {
  it('says what is left, and refuses with the same wait in both headers', async () => {
    const application = newApplication({ burst: 20, perSecond: 10, perDay: 1000 })
    const gateFor = gates()
    const request = { principal: alice, application, now }
    const [first, second] = [gateFor(request), gateFor(request)]
    expect(await spend(first, 15)).toBe('done')
    expect(parsed(first.headers().ratelimit)).toEqual({ burst: { r: 5, t: 2 }, day: { r: 985, t: 43_200 } })
    expect(await spend(second, 20)).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'burst', after: 2 })
    expect(parsed(second.headers().ratelimit)).toEqual({ burst: { r: 5, t: 2 }, day: { r: 985, t: 43_200 } })
    expect(await spend(gateFor({ ...request, now: now + 2000 }), 20)).toBe('done')
  })

  it('of a day refuses until midnight', async () => {
    const application = newApplication({ burst: 20, perSecond: 10, perDay: 25 })
    const gateFor = gates()
    expect(await spend(gateFor({ principal: alice, application, now }), 20)).toBe('done')
    const gate = gateFor({ principal: alice, application, now: now + 5000 })
    expect(await spend(gate, 6)).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'day', after: 43_195 })
    expect(parsed(gate.headers().ratelimit)).toMatchObject({ day: { r: 5, t: 43_195 } })
    expect(await spend(gateFor({ principal: alice, application, now: now + 5000 }), 5)).toBe('done')
  })

  it('that is smaller than the cost refuses for good, with 400 and without a wait', async () => {
    const gate = gates()({ principal: alice, application: newApplication({ burst: 20 }), now })
    expect(await spend(gate, 21)).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'burst', max: 20, status: 400 })
  })

  it('of people counts operations, whatever they cost, and then refuses', async () => {
    const gateFor = gates()
    const gate = gateFor({ principal: alice, application: undefined, now })
    for (let count = 0; count < 10_000; count += 1) await gate.spend(25_000)
    expect(await spend(gateFor({ principal: alice, application: undefined, now }), 1)).toMatchObject({ after: 1 })
    expect(await spend(gateFor({ principal: sampleUser({ id: 'bob' }), application: undefined, now }), 1)).toBe('done')
  })

  it('of people is remembered for 10,000 of them in an instance', async () => {
    const gateFor = gates()
    const gateOf = (id: string) => gateFor({ principal: sampleUser({ id }), application: undefined, now })
    for (let count = 0; count < 10_000; count += 1) await gateOf('first').spend(1)
    for (let index = 1; index < 10_000; index += 1) gateOf(`person${index}`).headers()
    expect(await spend(gateOf('first'), 1)).toMatchObject({ after: 1 })
    for (let index = 0; index < 10_000; index += 1) gateOf(`other${index}`).headers()
    expect(await spend(gateOf('first'), 1)).toBe('done')
  })

  it.each([
    [0, 1],
    [-5, 1],
    [0.2, 1],
    [7, 7],
    [Number.NaN, Number.MAX_SAFE_INTEGER],
    [Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
  ])('counts a cost of %d as %d', (cost, units) => {
    expect(unitsOf(cost)).toBe(units)
  })

  it('takes by what a cost counts as: none and a negative one pass no more often than 1', async () => {
    const gateFor = gates()
    const application = newApplication({ burst: 3, perSecond: 1 })
    const outcomes = await Promise.all(
      [0, -5, 0, -1].map((cost) => spend(gateFor({ principal: alice, application, now }), cost)),
    )
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3)
  })
})

describe('the store out of reach', () => {
  const away = createTable({ name: 'rates', region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' })

  it('closes applications and third parties with 503, and lets people go on', async () => {
    const events: string[] = []
    const gateFor = createRateGates(away, Date.now, (_level, event) => void events.push(event))
    const closed = { code: 'UNAVAILABLE', after: 1 }
    expect(await spend(gateFor({ principal: alice, application: newApplication(), now }), 1)).toEqual(closed)
    expect(await spend(gateFor({ principal: appOfThird, application: undefined, now }), 1)).toEqual(closed)
    expect(await spend(gateFor({ principal: alice, application: undefined, now }), 1)).toBe('done')
    expect(await spend(gateFor({ principal: sampleService({ id: 'own' }), application: undefined, now }), 1)).toBe(
      'done',
    )
    expect(events).toEqual(['limits.failed', 'limits.failed'])
  })
})
