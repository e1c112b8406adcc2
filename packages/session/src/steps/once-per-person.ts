/** Does something for each person once in the life of a process. */

type Act<Person> = (person: Person) => Promise<void>

/** People who are remembered, at most; the oldest is dropped, and the act is repeated for them. */
const peopleMax = 1000

/** Calls at the same time share one act. One that fails is repeated at the next call. */
export function createOncePerPerson<Person extends { readonly id: string }>(act: Act<Person>): Act<Person> {
  const done = new Map<string, Promise<void>>()
  return (person) => {
    const known = done.get(person.id)
    if (known) return known
    const [oldest] = done.keys()
    if (done.size >= peopleMax && oldest !== undefined) done.delete(oldest)
    const running = act(person).catch((error: unknown) => {
      done.delete(person.id)
      throw error
    })
    done.set(person.id, running)
    return running
  }
}
