/** A model of the notes of a few people, as maps and simple loops. It shares no code with the endpoint. */
export type Name = 'alice' | 'bob' | 'carol'
export type Role = 'EDITOR' | 'VIEWER'

export interface ModelNote {
  readonly id: string
  readonly owner: Name
  title: string
  tags: readonly string[]
  version: number
  trashed: boolean
  /** Counts up with every change of any note. */
  changed: number
  readonly shares: Map<Name, Role>
  /** Who saw it after its last change. */
  seenBy: readonly Name[]
}

export interface Model {
  readonly notes: ModelNote[]
  tick: number
  /** For each person, the ids of exactly those notes that their device must receive when it syncs. */
  readonly news: Readonly<Record<Name, Set<string>>>
}

export const names: readonly Name[] = ['alice', 'bob', 'carol']

export function roleIn(note: ModelNote, who: Name): 'OWNER' | Role | undefined {
  if (note.owner === who) return 'OWNER'
  return note.trashed ? undefined : note.shares.get(who)
}

/** The code of a call that needs one of the `allowed` roles; undefined when it must succeed. */
export function verdict(note: ModelNote, who: Name, allowed: readonly string[]): string | undefined {
  const role = roleIn(note, who)
  if (!role) return 'NOT_FOUND'
  return allowed.includes(role) ? undefined : 'FORBIDDEN'
}

/** Marks a change. It is new to everyone who saw the note before or sees it now; in the trash, to the owner only. */
export function touch(model: Model, note: ModelNote): void {
  model.tick += 1
  note.changed = model.tick
  note.version += 1
  announce(model, note)
}

/** A new note, or one that was changed. */
export function announce(model: Model, note: ModelNote): void {
  const before = note.seenBy
  note.seenBy = names.filter((who) => roleIn(note, who))
  for (const who of [...before, ...note.seenBy]) model.news[who].add(note.id)
}

function latestFirst(notes: ModelNote[]) {
  return notes.sort((a, b) => b.changed - a.changed)
}

function plain({ id, title, tags, version }: ModelNote, viewerRole: string | undefined) {
  return {
    id,
    title,
    tags: [...tags].sort(),
    version,
    viewerRole,
  }
}

function counts(notes: ModelNote[]) {
  const tags = new Map<string, number>()
  for (const tag of notes.flatMap((note) => note.tags)) tags.set(tag, (tags.get(tag) ?? 0) + 1)
  return [...tags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, count]) => ({ tag, count }))
}

/** All that one person sees. */
export function view({ notes }: Model, who: Name) {
  const own = latestFirst(notes.filter(({ owner }) => owner === who))
  const shared = latestFirst(notes.filter((note) => note.owner !== who && roleIn(note, who)))
  const live = own.filter(({ trashed }) => !trashed)
  return {
    notes: live.map((note) => plain(note, 'OWNER')),
    trash: own.filter(({ trashed }) => trashed).map((note) => plain(note, 'OWNER')),
    shared: shared.map((note) => plain(note, roleIn(note, who))),
    tags: counts(live),
  }
}
