/** Proofs as text, for a terminal and for a report of tests. */
import type { Principal } from '@fieldnotes/core/principal'
import { atomsMax } from './atoms.ts'
import type { Counterexample, Proof } from './prove.ts'

function quoted(names: ReadonlySet<string>, one: string, many: string): readonly string[] {
  return names.size === 0 ? [] : [`${names.size === 1 ? one : many} ${[...names].join(' ')}`]
}

/** A caller in a few words, such as `a person, scopes notes:read notes:write, by a third party`. */
function callerText(principal: Principal): string {
  if (principal.kind === 'anonymous') return 'anonymous'
  const { kind, scopes, groups, thirdParty } = principal
  return [
    kind === 'user' ? 'a person' : 'a service',
    ...(scopes.size === 0 ? ['no scope'] : quoted(scopes, 'scope', 'scopes')),
    ...quoted(groups, 'group', 'groups'),
    ...(thirdParty ? ['by a third party'] : []),
  ].join(', ')
}

function requestLines({ request }: Counterexample): readonly string[] {
  if (!request) return ['request   none: other rules refuse every way to such an object']
  const { query, variables } = request
  const given = Object.keys(variables).length > 0 ? [`variables ${JSON.stringify(variables)}`] : []
  return [`request   ${query}`, ...given]
}

/** The lines of one counterexample.
 * @internal
 */
export function exampleLines(counterexample: Counterexample): readonly string[] {
  const { principal, object, args, coordinate, decisions, facts, differs } = counterexample
  const type = coordinate.split('.')[0]
  return [
    `caller    ${callerText(principal)}`,
    ...(object === undefined ? [] : [`${type?.toLowerCase().padEnd(9)} ${JSON.stringify(object)}`]),
    ...(Object.keys(args).length > 0 ? [`arguments ${JSON.stringify(args)}`] : []),
    `true      ${facts.join('; ') || 'nothing'}`,
    ...Object.entries(decisions).map(([at, decision]) => `decision  ${at}: ${decision}`),
    ...(differs.length > 0 ? [`warning   the example does not show: ${differs.join('; ')}`] : []),
    ...requestLines(counterexample),
  ]
}

function proofLines(proof: Proof): readonly string[] {
  const { name, statement, holds, defect, counterexample, failing, fields } = proof
  const about = statement.length > 160 ? `${statement.slice(0, 160)}…` : statement
  if (holds) return [`✓ ${name}`]
  return [
    `✗ ${name}`,
    `    ${about}`,
    ...(defect === undefined ? [] : [`    can not be checked: ${defect}`]),
    ...(counterexample ? [`    false for ${failing.length} of ${fields}; the smallest counterexample:`] : []),
    ...(counterexample ? exampleLines(counterexample).map((line) => `      ${line}`) : []),
  ]
}

/** How far exhausting all valuations goes. */
function growthText(proofs: readonly Proof[]): string {
  const checks = proofs.reduce((total, { fields }) => total + fields, 0)
  const valuations = proofs.reduce((total, proof) => total + proof.valuations, 0)
  const most = Math.max(0, ...proofs.map(({ atoms }) => atoms))
  return (
    `${proofs.filter(({ holds }) => holds).length} of ${proofs.length} statements hold: ${checks} checks of fields, ` +
    `${valuations} valuations. The largest check has ${most} atoms. Each further independent atom doubles a check; ` +
    `above ${atomsMax} atoms in one check it is refused.`
  )
}

/**
 * One line for each statement that holds; for each other one, the smallest counterexample with its caller, its object
 * and a request.
 * @example
 * ```ts
 * import { createModel, field, never, prove } from '@fieldnotes/policy/prove'
 * import { formatProofs } from '@fieldnotes/policy/prove-text'
 * import { allow } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const model = createModel(buildSchema('type Query { draft: String }'), { Query: { draft: allow } })
 * console.log(formatProofs(prove(model, { 'Drafts are closed': never(field('Query.draft')) })))
 * ```
 */
export function formatProofs(proofs: readonly Proof[]): string {
  return `${[...proofs.flatMap(proofLines), '', growthText(proofs)].join('\n')}\n`
}
