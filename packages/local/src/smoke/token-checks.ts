/** Checks with a token: of the target's program, and of a person who writes one note. */
import { type Answer, codesOf, operation, summaryOf } from './requests.ts'
import { assertRefused, assertThat, CheckSkipped, type SmokeWorld } from './smoke-world.ts'

/** Executes a listed operation. */
function call({ send }: SmokeWorld, name: string, token: string | undefined, variables?: object): Promise<Answer> {
  return send('/graphql', { method: 'POST', body: operation(name, variables), token })
}

/** A program gets a token, reads, and may not write. */
export async function machine(world: SmokeWorld): Promise<string> {
  const token = await world.machine()
  if (token === undefined)
    throw new CheckSkipped('the stage has no client for programs: deploy it with FIELDNOTES_MACHINE=on')
  const read = await call(world, 'Notes', token, { first: 1 })
  const isRead = Array.isArray(read.body?.data?.notes?.edges) && read.body.errors === undefined
  assertThat(isRead, `reading returned ${summaryOf(read)}`)
  const written = await call(world, 'CreateNote', token, { input: { title: 'Smoke check' } })
  assertThat(codesOf(written).createNote === 'FORBIDDEN', `writing returned ${summaryOf(written)}`)
  return 'a token by client credentials reads, and may not write'
}

/** The token with another first character of its signature: the last one has bits that a decoder may ignore. */
function withOtherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 1
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
}

/** No other caller may read the note: without a token, with a changed token, as a program. */
async function assertHidden(world: SmokeWorld, id: string): Promise<void> {
  const anonymous = await call(world, 'Note', undefined, { id })
  assertThat(codesOf(anonymous).note === 'UNAUTHENTICATED', `the note without a token: ${summaryOf(anonymous)}`)
  const changed = await call(world, 'Note', withOtherSignature(await world.person()), { id })
  assertRefused(world.target, changed, 'the note with a changed signature')
  // A program that gets no token is the fault of its own check.
  const program = await world.machine().catch(() => undefined)
  const answer = program && (await call(world, 'Note', program, { id }))
  if (answer) assertThat(answer.body?.data?.note === null, `the note for a program: ${summaryOf(answer)}`)
}

async function remove(world: SmokeWorld, id: string): Promise<void> {
  const token = await world.person()
  await call(world, 'TrashNote', token, { input: { id } })
  const deleted = await call(world, 'DeleteNote', token, { input: { id } })
  assertThat(deleted.body?.data?.deleteNote?.deletedNoteId === id, `deleting the note returned ${summaryOf(deleted)}`)
}

/** A person writes a note and reads it; others don't; then it is deleted, also when a step before failed. */
export async function note(world: SmokeWorld): Promise<string> {
  const token = await world.person()
  const title = `Smoke check ${new Date().toISOString()}`
  const created = await call(world, 'CreateNote', token, { input: { title, content: 'Written by npm run smoke.' } })
  const id = created.body?.data?.createNote?.note?.id
  assertThat(typeof id === 'string', `writing a note returned ${summaryOf(created)}`)
  try {
    const read = await call(world, 'Note', token, { id })
    assertThat(read.body?.data?.note?.title === title, `reading the note returned ${summaryOf(read)}`)
    await assertHidden(world, id)
  } catch (error) {
    await remove(world, id).catch(() => {})
    throw error
  }
  await remove(world, id)
  return 'a person wrote one, read it, and deleted it; no other caller could'
}
