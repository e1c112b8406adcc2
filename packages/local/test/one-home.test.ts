/** Numbers and names that several packages use are written in one source, and imported everywhere else. */
import { describe, expect, it } from 'vitest'
import { filesAt, textOf, tokensOf } from './imports.ts'

/** Value → the only source that may write it, outside of comments. */
const homes: readonly (readonly [value: RegExp, home: string])[] = [
  [/^'plans' 'graphql-js'$|plans\|graphql-js/, 'packages/core/src/executors.ts'],
  [/^'application\/json; charset=utf-8'$/, 'packages/api/src/graphql/media-type.ts'],
  [/\b86[,_]?400\b/, 'packages/core/src/issuer-rules.ts'],
]

const values = new Set(['StringLiteral', 'NoSubstitutionTemplate', 'TemplateHead', 'TemplateMiddle', 'TemplateTail'])

/** The values of a script, and each pair of neighbours in a list. */
function valuesOf(text: string): readonly string[] {
  const tokens = tokensOf(text)
  const single = tokens.filter(({ type }) => values.has(type) || /^(Numeric|RegularExpression)/.test(type))
  const pairs = tokens.flatMap(({ value }, at) =>
    tokens[at + 1]?.value === ',' ? [`${value} ${tokens[at + 2]?.value}`] : [],
  )
  return [...single.map(({ value }) => value), ...pairs]
}

const sources = filesAt('{packages/{core,identity,policy,api,local}/src,infra}/**/*.ts').filter(
  (file) => !/\/(generated|dist|node_modules)\//.test(file),
)

describe('a value that several packages use', () => {
  it.each(homes)('%s is written in one source', (value, home) => {
    const found = sources.filter((file) => valuesOf(textOf(file)).some((text) => value.test(text)))
    expect(found).toEqual([home])
  })

  it.each([
    ["const a = ['plans', 'graphql-js']", 0],
    ['const a = /^(plans|graphql-js)$/', 0],
    ["if (type === 'application/json; charset=utf-8') a()", 1],
    ["const a = 'between 1 and 86,400'", 2],
    ['const a = 86_400', 2],
  ])('is seen in: %s', (text, row) => {
    expect(valuesOf(text).some((value) => homes[row]?.[0].test(value))).toBe(true)
  })

  it.each(['// 86,400', "const a = 'graphql-js'", "const a = 'application/json'"])('is not seen in: %s', (text) => {
    expect(valuesOf(text).filter((value) => homes.some(([home]) => home.test(value)))).toEqual([])
  })
})
