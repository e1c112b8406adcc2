import { describe, expect, it } from 'vitest'
import { callerDataOf } from '../../src/graphql/create-context.ts'
import { useWorlds } from '../support/setup.ts'

const newWorld = useWorlds()
const person = {
  id: 'unlucky',
  name: undefined,
  email: undefined,
  clientId: undefined,
  thirdParty: false,
  readsNotes: () => true,
}
/** The id for the first millisecond and zero random bytes. */
const firstId = '00000000010000000000000000'

describe('a new id that exists already', () => {
  it('is refused, and what has it stays as it is', async () => {
    const { table } = await newWorld()
    const random = (bytes: number) => new Uint8Array(bytes)
    const notes = () => callerDataOf({ table, clock: () => 1, random, cursorSecrets: ['a secret'] }, person).notes
    const key = { pk: 'USER#unlucky', sk: `NOTE#${firstId}` }
    const stored = { ...key, writeId: 'of another write' }
    await table.write({ put: stored })
    await expect(notes().create({ title: 'new' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await expect(notes().createMany({ notes: [{ title: 'new' }] })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await table.get(key)).toEqual(stored)
  })
})
