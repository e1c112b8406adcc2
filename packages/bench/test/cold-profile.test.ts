import { describe, expect, it } from 'vitest'
import { deployedEntry, peerEntries } from '../src/cold/entries.ts'
import { libraryOf } from '../src/cold/frames.ts'
import { withBundles } from '../src/cold/measure-cold.ts'
import { phaseOf } from '../src/cold/phases.ts'
import { profileStarts } from '../src/cold/profile-starts.ts'
import { eventOf } from '../src/world/event.ts'
import { timed } from '../src/world/operations.ts'

const realm = 'node:internal/bootstrap/realm'

describe('phase', () => {
  it.each([
    [
      'of graphql, at work for the policy',
      ['graphql/type/schema.mjs', 'packages/policy/src/decide/rebuild-schema.ts'],
      /policy/,
    ],
    [
      'of graphql, at work for the schema',
      ['graphql/type/schema.mjs', 'packages/api/src/graphql/executable-schema.ts'],
      /schema/,
    ],
    [
      'of a module of Node’s that a module imports',
      [realm, 'node:internal/modules/esm/loader', 'file:///b.mjs'],
      /Node's own/,
    ],
    [
      'of a garbage collection, in any caller',
      ['(garbage collector)', 'packages/policy/src/decide/rebuild-schema.ts'],
      /garbage/,
    ],
    ['of a function without a row', ['(program)'], /outside of all that/],
  ])('is that of the innermost function that has a row: %s', (_name, stack, title) => {
    expect(phaseOf(stack)).toMatch(title)
  })
})

describe('library', () => {
  it.each([
    ['@apollo/server/dist/esm/ApolloServer.js', '@apollo/server'],
    ['graphql/language/parser.mjs', 'graphql'],
    ['packages/api/src/server.ts', 'packages/api'],
    ['node:crypto', 'node'],
    ['(garbage collector)', '(garbage collector)'],
  ])('of %s is %s', (location, library) => {
    expect(libraryOf(location)).toBe(library)
  })
})

describe('profile of cold starts', () => {
  it('names the library of each function, and adds up to the starts that it took in between', async () => {
    const group = { entries: [...peerEntries.slice(0, 1), deployedEntry], event: eventOf(timed.single, 'Bearer full') }
    const { start, phases, libraries } = await withBundles(group, async ([, deployed], { plain }) => {
      if (!deployed) throw new Error('the deployed bundle is started cold')
      return profileStarts(deployed, plain, 1)
    })
    const sum = (parts: ReadonlyMap<string, number>) => [...parts.values()].reduce((all, part) => all + part, 0)
    expect(sum(phases)).toBeCloseTo(start.load + start.answer, 6)
    expect(sum(libraries)).toBeCloseTo(start.load + start.answer, 6)
    for (const name of ['node', 'graphql', '@apollo/server', 'packages/api', 'packages/policy'])
      expect(libraries.get(name)).toBeGreaterThan(0)
  })
})
