/** The data of a run: the same for one seed, another one for another seed, in every measured process. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { seedVariable } from '../src/world/seeded-texts.ts'

const module = new URL('../src/world/people-and-notes.ts', import.meta.url).href

function firstPage(seed: string): string {
  const program = `const { pageOf } = await import('${module}'); console.log(JSON.stringify(pageOf('u1', 100)))`
  const env = { ...process.env, [seedVariable]: seed }
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], { env, encoding: 'utf8' })
}

describe('the data of a run', () => {
  it('is the same for the same seed', () => {
    expect(firstPage('7')).toBe(firstPage('7'))
  })

  it('has other notes, titles and contents for another seed, and as many', () => {
    const [one, two] = ['1', '2'].map((seed) => JSON.parse(firstPage(seed)).edges.map(({ node }: never) => node))
    expect(one).toHaveLength(100)
    expect(two).toHaveLength(100)
    for (const member of ['id', 'title', 'content']) expect(one[0][member]).not.toBe(two[0][member])
  })
})
