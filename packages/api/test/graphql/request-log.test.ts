import { sampleUser } from '@fieldnotes/core/sample-principals'
import { describe, expect, it } from 'vitest'
import { loggedPathMax } from '../../src/graphql/request-log.ts'
import { call, callOn, createServer, json, unknownQuery } from '../support/apollo-server.ts'

describe('the log of an operation', () => {
  it('masks a bug, names the request, and logs the cause under that name', async () => {
    const answer = await call({ query: '{ bug }' })
    expect(answer.text).not.toContain('hunter2')
    expect(answer.body.errors[0].extensions).toEqual({ code: 'INTERNAL', requestId: 'r1' })
    expect(answer.lines.find((line) => line.includes('hunter2'))).toMatch(/"level":"error".*"requestId":"r1"/)
  })

  it('logs the reason of a refusal and never answers it', async () => {
    const answer = await call({ query: '{ forbidden }' })
    expect(answer.lines.join()).toContain('reason of FORBIDDEN')
    expect(answer.text).not.toContain('reason')
  })

  it('does not log an unknown persisted query as an error', async () => {
    const { body, lines } = await call(unknownQuery)
    expect(body).toEqual({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    })
    expect(lines.join()).not.toContain('"level":"error"')
  })

  it.each([
    [50, 50, []],
    [51, 50, [{ level: 'info', errors: 1, codes: 'FORBIDDEN 1', requestId: 'r1' }]],
    [60, 50, [{ level: 'info', errors: 10, codes: 'FORBIDDEN 10', requestId: 'r1' }]],
  ])('logs a line for each of the first errors, and one for the rest: of %i', async (refused, lined, rest) => {
    const { lines } = await call({ query: `{ inners(first: ${refused}) { forbidden } }` })
    const logged = lines.map((line) => JSON.parse(line))
    expect(logged.filter(({ event }) => event === 'refused')).toHaveLength(lined)
    expect(logged.filter(({ event }) => event === 'refused_more')).toMatchObject(rest)
  })

  it('logs failures before refusals, and the beginning of a long path', async () => {
    const name = 'a'.repeat(100)
    const query = `{ inners(first: 25) { forbidden } ${name}: inner { ${name}: inner { ${name}: bug } } }`
    const { lines } = await call({ query })
    const [first] = lines.map((line) => JSON.parse(line))
    expect(first).toMatchObject({ level: 'error', code: 'INTERNAL' })
    expect(first.path).toBe(`${name}.${name}.${name}`.slice(0, loggedPathMax))
  })

  it('logs one line for each operation, without its text', async () => {
    const { lines } = await call({ query: 'query Mine { fine }' })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'operation',
      operation: 'Mine',
      caller: 'anonymous',
      status: 200,
    })
  })

  it('has every id of a known caller that a revocation takes, and nothing else of the token', async () => {
    const { server, lines } = createServer()
    await server.start()
    const principal = sampleUser({
      id: 'alice',
      issuer: 'fieldnotes',
      clientId: 'assistant',
      loginId: 'login-1',
      tokenId: 'token-1',
      thirdParty: true,
      actor: { subject: 'exporter', actor: { subject: 'portal' } },
      subject: 'secret-subject',
      name: 'secret-name',
      email: 'secret@example.com',
      scopes: new Set(['secret-scope']),
      groups: new Set(['secret-group']),
      boundTo: 'thumbprint-1',
    })
    await callOn(server, { query: 'query Mine { fine }' }, json, {}, principal)
    const { requestId, milliseconds, ...line } = JSON.parse(lines[0] ?? '')
    expect(line).toEqual({
      level: 'info',
      event: 'operation',
      operation: 'Mine',
      kind: 'query',
      status: 200,
      errors: 0,
      caller: 'alice',
      issuer: 'fieldnotes',
      clientId: 'assistant',
      loginId: 'login-1',
      tokenId: 'token-1',
      boundTo: 'thumbprint-1',
      via: 'bearer',
      thirdParty: true,
      actor: 'exporter portal',
    })
    expect(lines.join()).not.toContain('secret')
  })

  it('leaves out the ids that a token does not have, as at Firebase', async () => {
    const { server, lines } = createServer()
    await server.start()
    await callOn(server, { query: '{ fine }' }, json, {}, sampleUser({ id: 'alice', issuer: 'firebase' }))
    const line = JSON.parse(lines[0] ?? '')
    expect(line).toMatchObject({ caller: 'alice', issuer: 'firebase' })
    for (const field of ['clientId', 'loginId', 'tokenId', 'boundTo', 'actor']) expect(line).not.toHaveProperty(field)
  })

  it('has the scopes that policies of groups took, in one order', async () => {
    const { server, lines } = createServer()
    await server.start()
    const withheldScopes = new Set(['notes:write', 'notes:audit'])
    await callOn(server, { query: '{ fine }' }, json, {}, sampleUser({ withheldScopes, allowedScopes: new Set() }))
    await callOn(server, { query: '{ fine }' }, json, {}, sampleUser({ withheldScopes: new Set() }))
    expect(lines.map((line) => JSON.parse(line).withheld)).toEqual(['notes:audit notes:write', ''])
  })

  it('says nothing of that for an anonymous caller', async () => {
    const { lines } = await call({ query: '{ fine }' })
    const known = ['issuer', 'clientId', 'loginId', 'tokenId', 'boundTo', 'via', 'thirdParty', 'withheld', 'actor']
    for (const field of known) expect(JSON.parse(lines[0] ?? '')).not.toHaveProperty(field)
  })
})
