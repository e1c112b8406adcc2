/** What one instance remembers of applications, and for how long. */
import { describe, expect, it } from 'vitest'
import { freshMs, freshRefusalMs, rememberFound } from '../../src/keys/application-memory.ts'

/** A memory with its clock, the ids that were read, and whether reads fail or find nothing. */
function newMemory() {
  const world = { now: 0, read: [] as string[], fails: false, gone: false }
  const find = rememberFound(
    async (id: string) => {
      world.read.push(id)
      if (world.fails) throw new Error('away')
      if (id.startsWith('ghost') || world.gone) return undefined
      return { id, stage: 'test', clients: ['own:app'], keys: [] }
    },
    () => world.now,
  )
  return { world, find }
}

describe('the memory of applications', () => {
  it('reads once in five seconds, also for many requests at once', async () => {
    const { world, find } = newMemory()
    await Promise.all(Array.from({ length: 50 }, () => find('a')))
    world.now = freshMs - 1
    await find('a')
    expect(world.read).toEqual(['a'])
    world.now = freshMs
    await find('a')
    expect(world.read).toEqual(['a', 'a'])
  })

  it('reads again soon where what it has would refuse, once for all requests', async () => {
    const { world, find } = newMemory()
    for (const id of ['a', 'ghost']) {
      world.read.length = 0
      await find(id)
      world.now += freshRefusalMs - 1
      await find(id, freshRefusalMs)
      expect(world.read).toEqual([id])
      world.now += 1
      await Promise.all([find(id, freshRefusalMs), find(id, freshRefusalMs)])
      expect(world.read).toEqual([id, id])
      world.now += freshMs - 1
      await find(id)
      expect(world.read).toEqual([id, id])
    }
  })

  it('keeps what it found while a second read is under way, or fails', async () => {
    const { world, find } = newMemory()
    await find('a')
    world.now = freshRefusalMs
    world.fails = true
    const again = find('a', freshRefusalMs)
    expect((await find('a'))?.id).toBe('a')
    await expect(again).rejects.toThrow('away')
    expect((await find('a'))?.id).toBe('a')
    expect(world.read).toEqual(['a', 'a'])
  })

  it('forgets what a second read does not find any more', async () => {
    const { world, find } = newMemory()
    await find('a')
    world.now = freshRefusalMs
    world.gone = true
    expect(await find('a', freshRefusalMs)).toBeUndefined()
    expect(await find('a')).toBeUndefined()
    expect(world.read).toEqual(['a', 'a'])
  })

  it('reads again when its clock was set back', async () => {
    const { world, find } = newMemory()
    await find('a')
    world.now = -freshMs
    await find('a')
    expect(world.read).toEqual(['a', 'a'])
  })

  it('does not remember a read that failed', async () => {
    const { world, find } = newMemory()
    world.fails = true
    await expect(find('a')).rejects.toThrow('away')
    world.fails = false
    expect((await find('a'))?.id).toBe('a')
  })

  it('keeps what it found while invented names come: they push out each other alone', async () => {
    const { world, find } = newMemory()
    await find('a')
    for (let index = 0; index < 1001; index += 1) await find(`ghost${index}`)
    await find('a')
    expect(world.read).toHaveLength(1002)
    await find('ghost1000')
    expect(world.read).toHaveLength(1002)
    await find('ghost0')
    expect(world.read).toHaveLength(1003)
  })

  it('remembers 1,000 ids, and forgets the one that was used least recently', async () => {
    const { world, find } = newMemory()
    for (let index = 0; index < 1000; index += 1) await find(`id${index}`)
    await find('id0')
    await find('another')
    await find('id0')
    expect(world.read).toHaveLength(1001)
    await find('id1')
    expect(world.read).toHaveLength(1002)
  })
})
