/** Guards on arguments: filtering or sorting by a value that the caller may not read would reveal the value. */
import { family } from './family.ts'
import { leafRule, not, type OwnRule, or, type Rule } from './rule-object.ts'

/**
 * Every value at `path`, through lists; none where a member is absent. A path that ends at a list yields the list and
 * its items.
 */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path
  if (Array.isArray(value))
    return [...(name === undefined ? [value] : []), ...value.flatMap((item) => valuesAt(item, path))]
  if (name === undefined) return value === undefined ? [] : [value]
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return []
  return valuesAt((value as Record<string, unknown>)[name], rest)
}

const givenAt = family((key) => {
  const [path, values] = JSON.parse(key) as [string, (string | number | boolean)[] | null]
  const steps = path.split('.')
  return leafRule({
    kind: 'object',
    name: values ? `argument ${path} is ${values.join(' or ')}` : `argument ${path} given`,
    readsArgs: true,
    argument: path,
    ...(values && { values }),
    test: (_parent, args) => valuesAt(args, steps).some((value) => !values || values.includes(value as string)),
  })
})

/**
 * The argument at `path` is used, or has one of `values`: for statements about a policy. An explicit null counts as
 * given.
 * @example
 * ```ts
 * import { given } from '@fieldnotes/policy/argument'
 * import { field, never, when } from '@fieldnotes/policy/prove'
 * import { inGroup, not } from '@fieldnotes/policy/rules'
 *
 * const outsiders = when(given('orderBy.field', ['SIZE']), not(inGroup('cognito:staff')))
 * const statements = { 'Only staff order by size': never(field('Query.notes'), outsiders) }
 * ```
 */
export function given(path: string, values?: readonly (string | number | boolean)[]): OwnRule {
  return givenAt(JSON.stringify([path, values ?? null]))
}

/**
 * Requires `rule` only of callers who use the argument at `path`, such as `filter.sizeBytes`, or who give it one of
 * `values`, such as `argument('orderBy.field', inGroup('staff'), ['SIZE'])`. An explicit null counts as given.
 * @example
 * ```ts
 * import { argument } from '@fieldnotes/policy/argument'
 * import { and, inGroup, signedIn } from '@fieldnotes/policy/rules'
 *
 * const reader = inGroup('cognito:staff')
 * const table = { Query: { notes: and(signedIn, argument('orderBy.field', reader, ['SIZE'])) } }
 * ```
 */
export function argument(path: string, rule: Rule, values?: readonly (string | number | boolean)[]): OwnRule {
  return or(not(given(path, values)), rule)
}
