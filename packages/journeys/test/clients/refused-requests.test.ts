/** What client libraries report for a request that is refused as a whole, and for a lost response. */
import { type ClientError, GraphQLClient } from 'graphql-request'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import { startLossyGateway } from './support/lossy-gateway.ts'
import { useNotesCloud } from './support/notes-cloud.ts'
import { page, programsOf } from './support/page.ts'
import { createWorkshop, type Workshop } from './support/workshop.ts'

const { endpoint, token } = useNotesCloud()

let workshop: Workshop

beforeAll(() => {
  workshop = createWorkshop(programsOf(page))
})

afterAll(() => workshop.end())

/** `amplify.mjs` of the page up to its first request, followed by `rest`. */
function amplify(rest: string) {
  const [program] = programsOf(page).filter(({ name }) => name === 'amplify.mjs')
  const [head] = program?.text.split(/^const \{ data: made/m) ?? []
  return { language: 'js', name: 'amplify-refused.mjs', text: `${head}${rest}` }
}

/** The function of `amplify.mjs` that sends an operation. */
const sends = 'ask'

describe('a token that is not accepted', () => {
  it('is a ClientError of graphql-request, with the status and the code', async () => {
    const client = new GraphQLClient(endpoint(), { errorPolicy: 'all', headers: { authorization: 'Bearer x' } })
    const error: unknown = await client.rawRequest('{ me { id } }').catch((thrown) => thrown)
    expect((error as ClientError).response).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    })
  })

  it('is thrown by Amplify with the status in place of the code', async () => {
    const program = amplify(`const { errors: [error] } = await ${sends}(read, { id: 'x' })
console.log(error.originalError.response.statusCode, error.extensions.code)`)
    workshop.add(program)
    expect(await workshop.run(program.name, { ENDPOINT: endpoint(), TOKEN: 'x' })).toBe('401 undefined\n')
  })

  it('is what Amplify gets for a good token without `Bearer`, as its `userPool` mode sends it', async () => {
    const bare = await fetch(endpoint(), { method: 'POST', headers: { authorization: token() } })
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')])
  })
})

describe('fetch.mjs, whose first answer is lost', () => {
  it('writes one note: it sends the same key again', async () => {
    const gateway = await startLossyGateway(endpoint(), 'mutation Create')
    try {
      await workshop.run('fetch.mjs', { ENDPOINT: gateway.url, TOKEN: token() })
      const { data } = await ask(new URL(endpoint()).origin, { token: token(), query: '{ notes { nodes { title } } }' })
      expect([gateway.lost.length, data.notes.nodes]).toEqual([1, [{ title: 'Food' }]])
    } finally {
      await gateway.end()
    }
  })

  it('writes one without a key too: it does not send that again, and fails', async () => {
    const keyless = programsOf(page).map((program) => ({
      ...program,
      text: program.text.replace(', idempotencyKey: crypto.randomUUID()', ''),
    }))
    const other = createWorkshop(keyless)
    const gateway = await startLossyGateway(endpoint(), 'mutation Create')
    try {
      await expect(other.run('fetch.mjs', { ENDPOINT: gateway.url, TOKEN: token() })).rejects.toThrow()
      const { data } = await ask(new URL(endpoint()).origin, { token: token(), query: '{ notes { nodes { title } } }' })
      expect([gateway.lost.length, data.notes.nodes]).toEqual([1, [{ title: 'Groceries' }, { title: 'Food' }]])
    } finally {
      await gateway.end()
      other.end()
    }
  })
})
