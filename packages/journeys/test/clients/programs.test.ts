/** Every program of `docs/clients.md`, run as printed against the local cloud. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { ask } from '../support/graphql-client.ts'
import { tokenOf } from '../support/local-cloud.ts'
import { issuerAt } from '../support/own-issuer.ts'
import { startListed } from './support/listed-cloud.ts'
import { startLossyGateway } from './support/lossy-gateway.ts'
import { page, programsOf, promisedBy } from './support/page.ts'
import { createWorkshop, type Workshop } from './support/workshop.ts'

const programs = programsOf(page)
function named(name: string) {
  return programs.find((program) => program.name === name)
}
function promises(name: string) {
  return promisedBy(named(name) ?? { language: '', name, text: '' })
}

const cloud = ephemeralCloud()
let token: string
let workshop: Workshop

beforeAll(async () => {
  token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  workshop = createWorkshop(programs)
  await workshop.build('relay.js')
})

afterAll(async () => {
  workshop.end()
})

function environment() {
  return { ENDPOINT: `${cloud.url}/graphql`, TOKEN: token }
}

describe('docs/clients.md', () => {
  it('has one program for each client', () => {
    expect(programs.map(({ name }) => name)).toEqual([
      'try.sh',
      'fieldnotes.mjs',
      'fetch.mjs',
      'apollo.mjs',
      'urql.mjs',
      'relay.config.json',
      'relay.js',
      'amplify.mjs',
      'graphql-request.mjs',
      'dpop.mjs',
      'mobile.sh',
      'codegen.json',
      'typed.graphql',
      'codegen-types.ts',
      'tada-types.ts',
      'relayTypes.ts',
      'listed.mjs',
    ])
  })

  const clients = [
    'fetch.mjs',
    'apollo.mjs',
    'urql.mjs',
    'relay.js',
    'amplify.mjs',
    'graphql-request.mjs',
    'listed.mjs',
  ]
  it.each(clients)('%s prints what its comments say', async (name) => {
    expect(promises(name)).not.toBe('')
    expect(await workshop.run(name, environment())).toBe(promises(name))
  })

  it.each(clients)('%s fails without a token, so that what it prints depends on its answers', async (name) => {
    await expect(workshop.run(name, { ...environment(), TOKEN: 'x' })).rejects.toThrow()
  })

  it('dpop.mjs prints what its comments say, and fails without its secret', async () => {
    const secret = issuerAt(cloud).secretOf('robot')
    expect(await workshop.run('dpop.mjs', { ...environment(), CLIENT_SECRET: secret })).toBe(promises('dpop.mjs'))
    await expect(workshop.run('dpop.mjs', { ...environment(), CLIENT_SECRET: 'x' })).rejects.toThrow()
  })

  it.each(['createNote', 'Food'])('fetch.mjs prints the same where an answer gets lost: %s', async (loses) => {
    const gateway = await startLossyGateway(environment().ENDPOINT, loses)
    try {
      expect(await workshop.run('fetch.mjs', { ...environment(), ENDPOINT: gateway.url })).toBe(promises('fetch.mjs'))
      expect(gateway.lost).toHaveLength(1)
    } finally {
      await gateway.end()
    }
  })

  it('listed.mjs prints the same where nothing but the listed operations is executed', async () => {
    const listed = await startListed()
    const own = await tokenOf(listed, '--issuer', 'cognito', '--as', 'alice')
    const there = { ENDPOINT: `${listed.url}/graphql`, TOKEN: own }
    try {
      expect(await workshop.run('listed.mjs', there)).toBe(promises('listed.mjs'))
      await expect(workshop.run('fetch.mjs', there)).rejects.toThrow()
    } finally {
      await listed.end()
    }
  })

  it('mobile.sh gets the partial answer, whatever its library accepts', async () => {
    const query = 'mutation { createNote(input: { title: "Groceries" }) { note { id } } }'
    const { data } = await ask(cloud.url, { token, query })
    const printed = await workshop.run('mobile.sh', { ...environment(), ID: data.createNote.note.id })
    const answers = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers).toHaveLength(3)
    for (const { data: partial, errors } of answers) {
      expect(partial.note).toMatchObject({ title: 'Groceries', lastEditedWith: null })
      expect(errors).toMatchObject([{ path: ['note', 'lastEditedWith'], extensions: { code: 'FORBIDDEN' } }])
    }
  })
})

describe('the reader of the page', () => {
  const text = [
    '# A',
    '```js a.mjs',
    'console.log(f(1)) // one',
    'g()',
    'console.log(2) // two',
    '```',
    '```sh',
    'no name',
    '```',
    '',
  ].join('\n')

  it('finds the blocks that have a file name, and what they promise', () => {
    const [program, ...others] = programsOf(text)
    expect([program?.name, program?.language, others]).toEqual(['a.mjs', 'js', []])
    expect(program && promisedBy(program)).toBe('one\ntwo\n')
  })
})
