import { describe, expect, it } from 'vitest'
import { call, callOn, createServer } from '../support/apollo-server.ts'

function many(count: number, one: (index: number) => string) {
  return Array.from({ length: count }, (_, n) => one(n)).join(' ')
}

/** Documents that are too large and invalid: the limit is reported first. */
const tooLarge: readonly [string, string, string][] = [
  ['400 aliases', 'breadth', `{ ${many(400, (n) => `a${n}: nope`)} }`],
  ['2,000 fields of one name', 'tokens', `{ ${'nope '.repeat(2000)} }`],
  ['relations 50 deep', 'depth', `{ fine ${'{ owner '.repeat(49)}{ id }${' }'.repeat(49)} }`],
  ['60 directives', 'directives', `{ fine ${'@include(if: true) '.repeat(60)} }`],
  ['20 mutations', 'mutations', `mutation { ${many(20, () => 'nope')} }`],
]

describe('a document that is refused', () => {
  it.each(tooLarge)('refuses %s by the limit of %s, the second time too', async (_name, limit, query) => {
    const { server } = createServer()
    await server.start()
    for (const _ of [1, 2]) {
      const { status, body } = await callOn(server, { query })
      expect([status, body.data, body.errors.length]).toEqual([400, undefined, 1])
      expect(body.errors[0].extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit })
    }
  })

  it.each([
    [3, 3],
    [90, 11],
  ])('names the mistakes of a document, and not too many of them: of %i, %i', async (mistakes, named) => {
    const given = many(Math.min(mistakes, 9), (n) => `a${n}: 1`)
    const query = `{ ${many(Math.ceil(mistakes / 9), (n) => `x${n}: fine(${given})`)} }`
    const { errors } = (await call({ query })).body
    expect(errors).toHaveLength(named)
    for (const { extensions } of errors) expect(extensions.code).toBe('BAD_USER_INPUT')
  })

  it('answers an invalid document again as it did the first time', async () => {
    const { server } = createServer()
    await server.start()
    const query = '{ nope }'
    const [first, second] = [await callOn(server, { query }), await callOn(server, { query })]
    expect(first.body.errors[0]).toMatchObject({
      message: 'Cannot query field "nope" on type "Query".',
      locations: [{}],
    })
    expect([second.status, second.text]).toEqual([first.status, first.text])
  })

  it('suggests nothing of the schema', async () => {
    expect((await call({ query: '{ fin }' })).text).not.toContain('fine')
  })

  it.each(['', 'other'])(
    'executes nothing for the operation name %j, however warm the query is',
    async (operationName) => {
      const { server } = createServer()
      await server.start()
      for (let round = 0; round < 10; round += 1) {
        await callOn(server, { query: '{ fine }' })
        await new Promise((resolve) => setTimeout(resolve, 20))
        const { status, body } = await callOn(server, { query: '{ fine }', operationName })
        expect([status, body.data, body.errors[0].extensions]).toEqual([400, undefined, { code: 'BAD_USER_INPUT' }])
      }
    },
  )

  it('returns the name of a type, without introspection', async () => {
    expect((await call({ query: '{ __typename }' })).body).toEqual({ data: { __typename: 'Query' } })
  })
})
