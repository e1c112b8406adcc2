/** Generated queries on the schema of `odd-world.ts`. */
import fc, { type Arbitrary } from 'fast-check'

const leaves = ['name', 'id', 'yes', 'count', 'must', 'color', 'words', 'strict', '__typename', 'late: name']

const { selection } = fc.letrec<{ selection: string }>((tie) => {
  const set = tie('selection').map((inner) => `{ ${inner} }`)
  const object = fc
    .constantFrom('self', 'surely', 'list', 'nested')
    .chain((name) => set.map((inner) => `${name} ${inner}`))
  const abstract = fc
    .constantFrom('either', 'several', 'named')
    .chain((name) =>
      set.map((inner) => `${name} { __typename ... on Thing ${inner} ... on Other { must @include(if: $on) name } }`),
    )
  const fragment = set.map((inner) => `... @skip(if: $off) ${inner}`)
  return {
    selection: fc
      .tuple(
        fc.subarray(leaves, { minLength: 1 }),
        fc.oneof({ depthSize: 'small' }, fc.constant(''), object, abstract, fragment, fc.constant('...Named')),
      )
      .map(([names, more]) => `${names.join(' ')} ${more}`),
  }
})

/** A query with two flags, which switch parts of it on and off. */
export const queries: Arbitrary<string> = fc
  .tuple(fc.constantFrom('thing', 'surely', 'list'), selection, selection)
  .map(
    ([root, first, second]) => `
      query($on: Boolean!, $off: Boolean = false) {
        ${root} { ${first} } either { ... on Thing { ${second} } ... on Named { name } __typename }
      }
      fragment Named on Named { name ... on Other { must } }
    `,
  )
