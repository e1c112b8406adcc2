import { describe, expect, it } from 'vitest'
import { call } from '../support/apollo-server.ts'

const resourceMetadata = 'https://api.example.com/.well-known/oauth-protected-resource/graphql'

describe('the account check', () => {
  const confirmed: readonly [string, string][] = [
    ['plainly', 'mutation { deleteNote }'],
    ['under an alias', 'mutation { keep x: deleteNote }'],
    ['in an inline fragment', 'mutation { ... { ... on Mutation { deleteNote } } }'],
    ['in a named fragment', 'mutation { ...f } fragment f on Mutation { ...g } fragment g on Mutation { deleteNote }'],
    ['behind @include', 'mutation { deleteNote @include(if: true) }'],
  ]

  it.each(confirmed)('checks with the issuer before what can not be undone, written %s', async (_name, query) => {
    const answer = await call({ query })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
    expect(answer.body).toEqual({
      errors: [
        {
          message: 'Sign in to do this.',
          extensions: { remedy: { kind: 'SIGN_IN' }, code: 'UNAUTHENTICATED', resourceMetadata },
        },
      ],
    })
  })

  it('does not call the issuer before anything else', async () => {
    expect((await call({ query: 'mutation { keep }' })).body).toEqual({ data: { keep: 'written' } })
  })
})
