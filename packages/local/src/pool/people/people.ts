/** The people of the local user pool. They are stored in one file: every change is saved before it is visible. */
import { existsSync, readFileSync } from 'node:fs'
import { writePrivately } from '../../data-folder.ts'
import { emailCharsMax } from '../../email-address.ts'
import { UsageError } from '../../usage-error.ts'
import { type Federation, isPerson, type Person } from './pool-person.ts'

/** People by each of the ways in which a request names them. */
export interface People {
  readonly bySub: (sub: string) => Person | undefined
  /**
   * The person of the pool's own sign-in by name or e-mail address, never a federated one. A person who has verified
   * the address owns it; else one whom an administrator has confirmed, else the newest sign-up with it is returned.
   */
  readonly byLogin: (login: string) => Person | undefined
  /** The person who has verified this address. */
  readonly ownerOf: (email: string) => Person | undefined
  /** Sign-ups with this name or address that are not confirmed yet, oldest first. */
  readonly waiting: (login: string) => readonly Person[]
  readonly byFederation: (federation: Federation) => Person | undefined
  /**
   * Stores a new or a changed person. In a full pool a new one takes the place of the oldest sign-up that was not
   * confirmed; without any, the result is false. @throws when it can't be saved: then nothing has changed
   */
  readonly put: (person: Person) => boolean
  /** @throws when it can't be saved: then nothing has changed */
  readonly remove: (subs: readonly string[]) => void
}

/** Version of the file. A later version is refused, so that an older program does not damage it. */
const version = 1

/** People that the pool stores, at most. Each change writes all of them. */
const peopleMax = 5000

function parse(file: string): readonly Person[] {
  const stored = JSON.parse(readFileSync(file, 'utf8'))
  if (stored?.version !== version || !Array.isArray(stored.people) || !stored.people.every(isPerson))
    throw new Error('not the people of this version')
  return stored.people
}

function read(file: string): readonly Person[] {
  try {
    return parse(file)
  } catch {
    // The cause is left out: the message of a SyntaxError quotes the file, which holds hashes.
    throw new UsageError(`${file} can't be read: it is damaged or of a later version. Delete it to begin again.`)
  }
}

/** Name or address in the form in which it is compared. It is cut where no stored one is as long. */
export function loginKey(login: string): string {
  return login
    .trim()
    .slice(0, emailCharsMax + 1)
    .toLowerCase()
}

function finder(people: () => ReadonlyMap<string, Person>) {
  const all = (test: (person: Person) => boolean) => [...people().values()].filter(test)
  const native = (test: (person: Person) => boolean) => all((person) => !person.federation && test(person))
  const withEmail = (email: string) => native((person) => person.email === loginKey(email))
  const withName = (name: string) => native(({ username }) => username === loginKey(name))
  const withLogin = (login: string) => (login.includes('@') ? withEmail(login) : withName(login))
  const isOwner = ({ confirmed, emailVerified }: Person) => confirmed && emailVerified
  return {
    bySub: (sub: string) => people().get(sub),
    byLogin: (login: string) => {
      const found = withLogin(login)
      return found.find(isOwner) ?? found.findLast(({ confirmed }) => confirmed) ?? found.at(-1)
    },
    ownerOf: (email: string) => withEmail(email).find(isOwner),
    waiting: (login: string) => withLogin(login).filter(({ confirmed }) => !confirmed),
    byFederation: ({ provider, subject }: Federation) =>
      all(({ federation }) => federation?.provider === provider && federation.subject === subject)[0],
  }
}

/**
 * Opens the people of `file`, or of memory when it is undefined. A folder without the file gets the people of `seed`.
 * @throws UsageError for a damaged file and for one of a later version
 */
export async function openPeople(file: string | undefined, seed: () => Promise<readonly Person[]>): Promise<People> {
  const isStored = file !== undefined && existsSync(file)
  let people: ReadonlyMap<string, Person> = new Map(
    (isStored ? read(file) : await seed()).map((person) => [person.sub, person]),
  )
  const commit = (next: ReadonlyMap<string, Person>): void => {
    if (file !== undefined) writePrivately(file, JSON.stringify({ version, people: [...next.values()] }))
    people = next
  }
  const makeRoom = (next: Map<string, Person>): boolean => {
    const oldest = [...next.values()].find(({ confirmed }) => !confirmed)
    return oldest !== undefined && next.delete(oldest.sub)
  }
  if (!isStored) commit(people)
  return {
    ...finder(() => people),
    put: (person) => {
      const next = new Map(people)
      if (!next.has(person.sub) && next.size >= peopleMax && !makeRoom(next)) return false
      commit(next.set(person.sub, person))
      return true
    },
    remove: (subs) => commit(new Map([...people].filter(([sub]) => !subs.includes(sub)))),
  }
}
