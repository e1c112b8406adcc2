/**
 * Adds a second factor to an account or removes it. The password is needed each time, so that an open session is not
 * enough.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Page, sendPage } from '../../pages/page.ts'
import { readForm } from '../../pages/requests.ts'
import { AccountRefusal } from '../people/account-refusal.ts'
import { createExpiringMap } from '../people/expiring-map.ts'
import { createSecret, usableStep } from '../people/one-time-password.ts'
import type { People } from '../people/people.ts'
import type { Person } from '../people/pool-person.ts'
import { type Proof, personOf, proofOf } from '../people/proof.ts'
import type { SignIn } from '../people/sign-in.ts'
import { codePage, donePage, passwordPage, type SetupPaths } from './second-factor-setup-pages.ts'
import { pathOf } from './visit.ts'

/** A person whose password was right, and the secret that a code has to prove: a new one, or that of the account. */
interface Setup {
  readonly proof: Proof
  /** Undefined to remove the second factor. */
  readonly secret: string | undefined
}

function labelOf({ email, username }: Person): string {
  return email ?? username
}

/** The paths for a request; `sign-in` of the query is the id of the sign-in that the person came from. */
function pathsOf(issuer: string, query: URLSearchParams): SetupPaths {
  const action = `${new URL(issuer).pathname}/second-factor`
  const uid = query.get('sign-in') ?? ''
  if (!/^[\w-]{1,64}$/.test(uid)) return { action, back: undefined }
  return { action: `${action}?sign-in=${uid}`, back: pathOf({ issuer, uid }) }
}

/** Creates the answer for `/second-factor` of the pool. */
export function createSecondFactorSetup(issuer: string, people: People, signIn: SignIn) {
  const setups = createExpiringMap<Setup>({ lifeSeconds: 600 })

  async function begin(paths: SetupPaths, form: URLSearchParams): Promise<Page> {
    const person = await signIn.byPassword(form.get('username') ?? '', form.get('password') ?? '')
    const id = randomUUID()
    const setup = { proof: proofOf(person), secret: person.secondFactor ? undefined : createSecret() }
    setups.set(id, setup)
    return codePage(paths, { id, secret: setup.secret, label: labelOf(person) })
  }

  async function add(person: Person, secret: string, code: string): Promise<void> {
    const usedStep = usableStep({ secret, usedStep: 0 }, code)
    if (usedStep === undefined || person.secondFactor) throw new AccountRefusal('CODE_WRONG')
    people.put({ ...person, secondFactor: { secret, usedStep } })
  }

  async function remove({ proof }: Setup, code: string): Promise<void> {
    const person = await signIn.bySecondFactor(proof, code)
    people.put({ ...person, secondFactor: undefined })
  }

  async function end(paths: SetupPaths, id: string, form: URLSearchParams): Promise<Page | undefined> {
    const setup = setups.get(id)
    if (!setup) return undefined
    const person = personOf(setup.proof, people.bySub)
    if (!person) return passwordPage(paths, new AccountRefusal('ENDED'))
    const code = (form.get('code') ?? '').trim()
    try {
      await (setup.secret === undefined ? remove(setup, code) : add(person, setup.secret, code))
      setups.delete(id)
      return donePage(paths, setup.secret)
    } catch (error) {
      if (!(error instanceof AccountRefusal)) throw error
      return codePage(paths, { id, secret: setup.secret, label: labelOf(person), refusal: error })
    }
  }

  async function answer(paths: SetupPaths, form: URLSearchParams): Promise<Page> {
    try {
      return (await end(paths, form.get('setup') ?? '', form)) ?? (await begin(paths, form))
    } catch (error) {
      if (error instanceof AccountRefusal) return passwordPage(paths, error)
      throw error
    }
  }

  return async (request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> => {
    const paths = pathsOf(issuer, query)
    sendPage(response, request.method === 'POST' ? await answer(paths, await readForm(request)) : passwordPage(paths))
  }
}
