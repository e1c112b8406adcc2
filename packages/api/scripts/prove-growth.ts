/** How the time of a proof grows with fields and atoms: tables of independent scopes, the worst case. */
import { createModel, field, never, prove, when } from '@fieldnotes/policy/prove'
import { and, has, not, or, type Rule } from '@fieldnotes/policy/rules'
import { buildSchema } from 'graphql'

const scopes = Array.from({ length: 20 }, (_, index) => has(`scope${index}`))

/** A rule that reads so many scopes. `signedIn` is one atom more. */
function ruleOf(atoms: number): Rule {
  const read = scopes.slice(0, atoms - 1)
  return or(...read.map((scope, index) => and(scope, not(read[(index + 1) % read.length] ?? scope))))
}

interface Figure {
  readonly fields: number
  readonly atoms: number
  readonly valuations: number
  readonly milliseconds: number
}

function measure(fields: number, atoms: number): Figure {
  const names = Array.from({ length: fields }, (_, index) => `f${index}`)
  const schema = buildSchema(`type Query { ${names.map((name) => `${name}: Int`).join(' ')} }`)
  const rule = ruleOf(atoms)
  const model = createModel(schema, { Query: Object.fromEntries(names.map((name) => [name, rule])) })
  const [first = rule] = scopes
  const nothing = when(not(first), ...scopes.slice(1, atoms - 1).map((scope) => not(scope)))
  const start = performance.now()
  const [proof] = prove(model, { it: never(field('Query.*'), nothing) })
  const milliseconds = performance.now() - start
  if (!proof?.holds) throw new Error('the statement does not hold')
  return { fields, atoms, valuations: proof.valuations, milliseconds }
}

const sizes: readonly (readonly [fields: number, atoms: number])[] = [
  [10, 5],
  [100, 5],
  [1000, 5],
  [1, 10],
  [1, 15],
  [1, 18],
  [1, 20],
]

function line(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => String(cell).padStart(12)).join('')}\n`
}

/** One line for each size, and the atoms with which one check would take ten seconds. */
export function growthText(): string {
  measure(100, 10)
  const figures = sizes.map(([fields, atoms]) => measure(fields, atoms))
  const last = figures.at(-1)
  const doublings = last ? Math.floor(Math.log2(10_000 / last.milliseconds)) : 0
  return [
    line(['fields', 'atoms', 'valuations', 'ms']),
    ...figures.map(({ fields, atoms, valuations, milliseconds }) =>
      line([fields, atoms, valuations, milliseconds.toFixed(1)]),
    ),
    `\nThe time grows with the fields and doubles with each independent atom of one check. On this machine ` +
      `${(last?.atoms ?? 0) + doublings} atoms in one check would take about ten seconds; more than 20 are refused.\n`,
  ].join('')
}
