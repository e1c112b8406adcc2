/** A person of a SAML provider who sends no name: the address in Cognito's user name reaches no other person. */
import { describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { ask } from './support/graphql-client.ts'
import { tokenOf } from './support/local-cloud.ts'

const cloud = ephemeralCloud()

/** A token with these claims, of a person who has no token of another kind. */
function tokenWith(person: string, ...claims: readonly string[]): Promise<string> {
  return tokenOf(cloud, '--issuer', 'cognito', '--as', person, ...claims.flatMap((claim) => ['--claim', claim]))
}

const create = 'mutation { createNote(input: { title: "Minutes" }) { note { id } } }'
const share = 'mutation ($input: ShareNoteInput!) { shareNote(input: $input) { note { id } } }'

/** What a sharee reads of the owner of a note. */
async function ownerAsSeen(owner: string) {
  const bob = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'bob')
  const { handle } = (await ask(cloud.url, { token: bob, query: '{ me { handle } }' })).data.me
  const { id } = (await ask(cloud.url, { token: owner, query: create })).data.createNote.note
  await ask(cloud.url, { token: owner, query: share, variables: { input: { id, handle, role: 'VIEWER' } } })
  const query = 'query ($id: ID!) { note(id: $id) { owner { name email } } }'
  return ask(cloud.url, { token: bob, query, variables: { id } })
}

describe('the name of a person of another provider', () => {
  it.each([
    ['saml-1', 'username=saml_carol@corp.example', 'name=null'],
    ['saml-2', 'username=saml_0f1e', 'name=carol@corp.example'],
    ['native', 'username=carol@corp.example', 'name=null'],
  ])('is not an address that only the person may read (%s)', async (person, ...claims) => {
    const { data, codes, text } = await ownerAsSeen(await tokenWith(person, ...claims))
    expect(data.note.owner).toEqual({ name: null, email: null })
    expect(codes).toEqual({ 'note.owner.email': 'FORBIDDEN' })
    expect(text).not.toContain('carol')
  })

  it('is that which the provider sends', async () => {
    const token = await tokenWith('saml-3', 'username=saml_carol@corp.example', 'name=Carol Doe')
    expect((await ownerAsSeen(token)).data.note.owner.name).toBe('Carol Doe')
  })
})
