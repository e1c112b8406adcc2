/** One person of the load test, who records what must be stored at its end. */

/** Sends one GraphQL request as this person. */
export type Send = (query: string, variables: object) => Promise<Reply>

interface Note {
  readonly id: string
  readonly title: string
  readonly version: number
  readonly owner: { readonly id: string }
}

interface Payload {
  readonly handle?: string
  readonly note?: Note
  readonly nodes?: readonly Note[]
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** Status and body of a response. */
export interface Reply {
  readonly status: number
  readonly body: {
    readonly data?: Readonly<Record<string, Payload | null>>
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
  }
}

/** A person with the notes that must be stored. */
export interface Client {
  readonly name: string
  readonly send: Send
  readonly handle: string
  /** The person's notes: id → last title, and number of successful writes, by the owner and by the editor. */
  readonly notes: Map<string, { title: string; version: number }>
  readonly faults: string[]
  requests: number
}

const fields = '{ id title version owner { id } }'
const documents = {
  me: `{ me { id handle } }`,
  create: `mutation ($input: CreateNoteInput!) { it: createNote(input: $input) { note ${fields} } }`,
  update: `mutation ($input: UpdateNoteInput!) { it: updateNote(input: $input) { note ${fields} } }`,
  share: `mutation ($input: ShareNoteInput!) { it: shareNote(input: $input) { note ${fields} } }`,
  list: `query ($after: String) { it: notes(first: 100, after: $after) { nodes ${fields} pageInfo { hasNextPage endCursor } } }`,
} as const

/** Throws on any error; returns the payload, whose alias is `it`. */
async function request(client: Client, document: keyof typeof documents, variables: object = {}) {
  client.requests += 1
  const { status, body } = await client.send(documents[document], variables)
  const code = body.errors?.[0]?.extensions?.code
  if (status !== 200 || code) client.faults.push(`${client.name} ${document}: ${status} ${code ?? ''}`)
  return body.data?.it ?? undefined
}

function expectOwn(client: Client, { id, title, version }: Note) {
  const known = client.notes.get(id)
  if (!known) client.faults.push(`${client.name} sees a note that is not theirs`)
  if (known && (known.title !== title || known.version !== version)) client.faults.push(`${client.name} lost a write`)
}

async function create(client: Client) {
  const title = `${client.name} ${client.requests}`
  const note = (await request(client, 'create', { input: { title, content: 'x'.repeat(500) } }))?.note
  if (note) client.notes.set(note.id, { title, version: 1 })
}

function anyOf(client: Client): string | undefined {
  const ids = [...client.notes.keys()]
  return ids[Math.floor(Math.random() * ids.length)]
}

async function update(client: Client) {
  const id = anyOf(client)
  const known = id && client.notes.get(id)
  if (!id || !known) return
  const title = `${client.name} ${client.requests}`
  const note = (await request(client, 'update', { input: { id, title, version: known.version } }))?.note
  if (note) client.notes.set(id, { title, version: note.version })
}

async function list(client: Client) {
  const nodes = (await request(client, 'list'))?.nodes ?? []
  for (const note of nodes) expectOwn(client, note)
  if (nodes.length !== Math.min(client.notes.size, 100)) client.faults.push(`${client.name} misses notes`)
}

const acts = [update, update, update, list, list, create]

/** Sends requests one after the other until `deadline` (milliseconds since the epoch). */
export async function work(client: Client, deadline: number): Promise<void> {
  await create(client)
  while (Date.now() < deadline) await (acts[Math.floor(Math.random() * acts.length)] ?? list)(client)
}

/** Creates a client by its first request. */
export async function meet(name: string, send: Send): Promise<Client> {
  const { body } = await send(documents.me, {})
  return { name, send, handle: body.data?.me?.handle ?? '', notes: new Map(), faults: [], requests: 1 }
}

/**
 * Two people edit one note at the same time without versions: every write counts. Returns the number of lost writes.
 */
export async function editTogether(owner: Client, editor: Client, writes: number): Promise<number> {
  const note = (await request(owner, 'create', { input: { title: 'together' } }))?.note
  if (!note) return writes
  await request(owner, 'share', { input: { id: note.id, handle: editor.handle, role: 'EDITOR' } })
  const writers = Array.from({ length: writes }, (_, index) => (index % 2 === 0 ? owner : editor))
  for (let from = 0; from < writes; from += 2) {
    await Promise.all(
      writers
        .slice(from, from + 2)
        .map((who) => request(who, 'update', { input: { id: note.id, title: `together ${from}` } })),
    )
  }
  const last = (await request(owner, 'update', { input: { id: note.id, title: 'done' } }))?.note
  owner.notes.set(note.id, { title: 'done', version: last?.version ?? 0 })
  return 2 + writes + 1 - (last?.version ?? 0)
}

/** Compares all notes of a person, page by page, with the recorded ones. */
export async function check(client: Client): Promise<void> {
  const met = new Set<string>()
  let after: string | null | undefined
  do {
    const page = await request(client, 'list', { after })
    const nodes = page?.nodes ?? []
    const fresh = nodes.filter(({ id }) => !met.has(id))
    if (fresh.length < nodes.length) client.faults.push(`${client.name} meets a note twice`)
    for (const note of fresh) {
      expectOwn(client, note)
      met.add(note.id)
    }
    // A page without new notes ends the loop even if it announces more, so that the script terminates.
    after = page?.pageInfo?.hasNextPage && fresh.length > 0 ? page.pageInfo.endCursor : undefined
  } while (after)
  const missing = [...client.notes.keys()].filter((id) => !met.has(id))
  if (missing.length > 0) client.faults.push(`${client.name} misses notes`)
}
