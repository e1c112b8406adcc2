import { anonymous } from '@fieldnotes/core/principal'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createAdmission } from '../../src/limits/create-admission.ts'
import { limitsDefault } from '../../src/limits/document-limits.ts'
import { deny, signedIn } from '../../src/rules.ts'
import { alice, createShop } from '../shop.ts'
import { coded } from '../thrown.ts'

const schema = createShop()
const cost = { costMax: 20 }

describe('the admission of an operation', () => {
  const admit = createAdmission({ cost, introspection: signedIn })
  const introspection = parse('{ __schema { queryType { name } } }')

  it('accepts a small operation without introspection', () => {
    expect(() => admit({ schema, document: parse('{ me }') }, anonymous)).not.toThrow()
  })

  it('refuses what is too large, the second time too', () => {
    const document = parse(`{ ${'me '.repeat(21)} }`)
    for (const _ of [1, 2]) expect(() => admit({ schema, document }, alice)).toThrow(coded('LIMIT_EXCEEDED'))
  })

  it('measures by the configured limits', () => {
    const narrow = createAdmission({ cost, introspection: deny, limits: { ...limitsDefault, depth: 1 } })
    expect(() => narrow({ schema, document: parse('{ things { count } }') }, alice)).toThrow(
      coded('LIMIT_EXCEEDED', {
        extensions: { code: 'LIMIT_EXCEEDED', limit: 'depth', max: 1, http: { status: 400 } },
      }),
    )
  })

  it('refuses what costs too much with its variables', () => {
    const document = parse('query($id: ID!) { things { things { id ... on Order { total } } } order(id: $id) { id } }')
    expect(() => admit({ schema, document, variables: { id: 1 } }, alice)).toThrow(coded('LIMIT_EXCEEDED'))
  })

  it('judges introspection for each caller', () => {
    for (const _ of [1, 2]) {
      expect(() => admit({ schema, document: introspection }, alice)).not.toThrow()
      expect(() => admit({ schema, document: introspection }, anonymous)).toThrow(coded('UNAUTHENTICATED'))
    }
  })
})
