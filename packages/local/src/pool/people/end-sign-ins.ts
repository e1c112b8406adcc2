/** Ends every sign-in of a person: what has begun, sessions, grants and refresh tokens. */
import type { StoredModels } from '../stored-models.ts'
import type { People } from './people.ts'
import { withNewEpoch } from './proof.ts'

/** Does nothing for a person that the pool does not know. @throws when it can't be saved: then nothing has changed */
export function endSignIns(
  { people, models }: { readonly people: People; readonly models: Pick<StoredModels, 'endSignIns'> },
  sub: string,
): void {
  const person = people.bySub(sub)
  if (!person) return
  people.put(withNewEpoch(person))
  models.endSignIns(sub)
}
