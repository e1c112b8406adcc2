/** The same rule as an object of graphql-shield, so that graphql-shield itself can evaluate it. */
import type { OwnRule, Rule } from '@fieldnotes/policy/rules'
import { allow, and, chain, deny, not, or, race, rule } from '../hosts/load-shield.ts'

type ShieldRule = ReturnType<typeof and> | ReturnType<ReturnType<typeof rule>> | typeof allow

const combinations = { and, chain, or, race } as const

function leafOf({ leaf }: OwnRule): ShieldRule {
  if (!leaf) throw new Error('a leaf without a test')
  return leaf.kind === 'caller'
    ? rule(leaf.name, { cache: 'contextual' })((_parent, _args, context) => leaf.test(context.principal) === true)
    : rule(leaf.name, { cache: 'no_cache' })(
        (parent, args, context, info) => leaf.test(parent, args, context, info) === true,
      )
}

function convert(own: OwnRule): ShieldRule {
  const { word } = own
  if (word === 'allow' || word === 'deny') return word === 'allow' ? allow : deny
  if (word === 'leaf') return leafOf(own)
  const [first = deny, ...others] = own.rules.map(asShield)
  if (word === 'not') return not(first)
  return word === 'notFound' ? chain(first) : combinations[word](first, ...others)
}

const converted = new WeakMap<object, ShieldRule>()

/** One object of graphql-shield for each rule. An object that graphql-shield made is returned as it is. */
export function asShield(own: Rule): ShieldRule {
  if (!('word' in own)) return own as ShieldRule
  const made = converted.get(own) ?? convert(own)
  converted.set(own, made)
  return made
}
