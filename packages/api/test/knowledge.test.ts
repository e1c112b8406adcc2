/** The variants of an example are other objects for which the rules give the same results. */
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { describe, expect, it } from 'vitest'
import { createSchema } from '../src/graphql/schema.ts'
import { knowledge, listed, trashed } from '../src/knowledge.ts'
import { mine, oneself, sharedAs } from '../src/rules.ts'

const { judge } = createSchema()
const atoms = {
  Note: [mine, sharedAs('EDITOR'), sharedAs('VIEWER'), listed, trashed],
  User: [oneself],
} as const
const callers = [sampleUser({ id: 'caller' }), sampleService({ id: 'A0b1C2d3E4f5G6h7I8j9K0l1M2n' })]

/** Each example of a type for a caller, also those that no note has. */
function examplesOf(type: keyof typeof atoms, caller: (typeof callers)[number]): readonly unknown[] {
  const rules: readonly unknown[] = atoms[type]
  return Array.from({ length: 2 ** rules.length }, (_, number) =>
    knowledge.examples?.[type]?.((rule) => (number & (1 << rules.indexOf(rule))) !== 0, caller),
  )
}

describe('the variants of an example', () => {
  it.each(['Note', 'User'] as const)('give the results of the example: %s', (type) => {
    const pairs = callers.flatMap((principal) =>
      examplesOf(type, principal).flatMap((example) =>
        (knowledge.variants?.[type]?.(example, principal) ?? []).map((variant) => ({ principal, example, variant })),
      ),
    )
    expect(pairs.length).toBeGreaterThan(2)
    for (const { principal, example, variant } of pairs) {
      const results = [example, variant].map((it) => atoms[type].map((rule) => judge(rule, { principal }, it)))
      expect(results[1]).toEqual(results[0])
      expect(variant).not.toEqual(example)
    }
  })
})
