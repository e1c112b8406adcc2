/** What the exporter does at the table uses each right of its row and needs no other, as IAM judges it on a stage. */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { openLimitedLine } from '@fieldnotes/table/test/limited'
import { expect, it, onTestFinished } from 'vitest'
import { note, personOf, tokenFor } from './kit/far-side.ts'
import { createWorld } from './kit/world.ts'

const { config } = accessTable()

it('exports, goes on, and answers what became of it', async () => {
  const { tables, refused, unused, close } = await openLimitedLine(['exporter'], { access: config() })
  onTestFinished(close)
  const world = createWorld(tables.access)
  world.far.notes = ['a', 'b', 'c', 'd', 'e'].map((id) => note(id))
  const token = await tokenFor(personOf('rights'))
  // The token of the endpoint ends half-way, and the next request goes on.
  world.far.requestsOfToken = 1
  const first = await world.start().call('POST', '/exporter/exports', token)
  world.far.requestsOfToken = Number.POSITIVE_INFINITY
  const second = await world.start().call('POST', '/exporter/exports', token)
  expect(second.headers.location).toBe(first.headers.location)
  const { body } = await world.start().call('GET', String(second.headers.location), token)
  expect([body.status, refused, unused()]).toEqual(['done', [], []])
})
