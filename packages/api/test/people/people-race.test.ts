/** Two requests of one person, one of them between the read and the write of the other's profile. */

import type { Table } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { done } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()

/** Runs an action once, right before the next write of a single item. */
function beforeWrite() {
  let happen: (() => Promise<unknown>) | undefined
  const wrap = (table: Table): Table => ({
    ...table,
    write: async (write) => {
      const due = happen
      happen = undefined
      await due?.()
      return table.write(write)
    },
  })
  const arm = (what: () => Promise<unknown>) => {
    happen = what
  }
  return { wrap, arm, isPast: () => happen === undefined }
}

const me = '{ me { name email } }'
function profile(world: World) {
  return world.table.get({ pk: 'USER#ann', sk: 'PROFILE' })
}
function ann(world: World, email: string) {
  return world.someone('ann', { email })
}

/** Ann's profile has her old address. A request with a new address has read the profile when `meanwhile` runs. */
async function race(meanwhile: (world: World) => Promise<unknown>) {
  const { wrap, arm, isPast } = beforeWrite()
  const world = await newWorld(wrap)
  await ann(world, 'old@example.com').ask(me)
  arm(() => meanwhile(world))
  const { data, codes } = await ann(world, 'next@example.com').ask(me)
  expect([codes, data.me.email, isPast()]).toEqual([[], 'next@example.com', true])
  return world
}

describe('an address that the issuer vouches for anew', () => {
  it('gives way to one that another request kept in between', async () => {
    const world = await race((between) => ann(between, 'last@example.com').ask(me))
    expect(await profile(world)).toMatchObject({ email: 'last@example.com', revision: 2 })
  })

  it('counts once when two requests bring it at the same time', async () => {
    const world = await race((between) => ann(between, 'next@example.com').ask(me))
    expect(await profile(world)).toMatchObject({ email: 'next@example.com', revision: 2 })
  })

  it('leaves alone what was changed in between, and is kept at the next sight of the person', async () => {
    const world = await race((between) => done(ann(between, 'old@example.com'), 'updateProfile', { name: 'Chosen' }))
    expect(await profile(world)).toMatchObject({ name: 'Chosen', email: 'old@example.com', revision: 2 })
    await ann(world, 'next@example.com').ask(me)
    expect(await profile(world)).toMatchObject({ name: 'Chosen', email: 'next@example.com', revision: 3 })
  })

  it('brings back no profile that was removed in between', async () => {
    const world = await race((between) => between.table.write({ remove: { pk: 'USER#ann', sk: 'PROFILE' } }))
    expect(await profile(world)).toBeUndefined()
  })
})
