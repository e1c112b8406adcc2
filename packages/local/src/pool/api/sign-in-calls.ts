/** Calls that sign in, and calls with the access token of a sign-in. */
import { randomUUID } from 'node:crypto'
import { adminScope } from '../clients.ts'
import { endSignIns } from '../people/end-sign-ins.ts'
import { createExpiringMap } from '../people/expiring-map.ts'
import type { People } from '../people/people.ts'
import type { Person } from '../people/pool-person.ts'
import { type Proof, proofOf } from '../people/proof.ts'
import type { ApiTokens } from './api-tokens.ts'
import { type CallParts, type Calls, clientIdOf } from './call-parts.ts'
import { CallRefusal } from './call-refusal.ts'
import { type Input, map, text } from './members.ts'

/** A sign-in whose second factor is missing. */
interface Challenge {
  readonly proof: Proof
  readonly clientId: string
}

/** `InitiateAuth`, `RespondToAuthChallenge`, `GlobalSignOut` and `GetUser`. */
export function signInCalls({ people, models, signIn, tokens }: CallParts): Calls {
  const challenges = createExpiringMap<Challenge>({ lifeSeconds: 180 })

  async function result(person: Person, clientId: string): Promise<object> {
    return { ChallengeParameters: {}, AuthenticationResult: await tokens.issue(person, clientId) }
  }

  function challenge(person: Person, clientId: string): object {
    const Session = randomUUID()
    challenges.set(Session, { proof: proofOf(person), clientId })
    return { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session, ChallengeParameters: { USER_ID_FOR_SRP: person.sub } }
  }

  const flows: Readonly<Record<string, (parameters: Input, clientId: string) => Promise<object>>> = {
    USER_PASSWORD_AUTH: async (parameters, clientId) => {
      const login = text(parameters, 'USERNAME', 'AuthParameters.USERNAME')
      const person = await signIn.byPassword(login, text(parameters, 'PASSWORD', 'AuthParameters.PASSWORD'))
      return person.secondFactor ? challenge(person, clientId) : result(person, clientId)
    },
    REFRESH_TOKEN_AUTH: async (parameters, clientId) => {
      const token = text(parameters, 'REFRESH_TOKEN', 'AuthParameters.REFRESH_TOKEN')
      const AuthenticationResult = await tokens.refresh(token, clientId)
      if (!AuthenticationResult) throw new CallRefusal('NotAuthorizedException', 'Invalid Refresh Token')
      return { ChallengeParameters: {}, AuthenticationResult }
    },
  }

  return {
    InitiateAuth: {
      run: async (input) => {
        const clientId = clientIdOf(input)
        const name = text(input, 'AuthFlow')
        const flow = Object.hasOwn(flows, name) ? flows[name] : undefined
        if (!flow)
          throw new CallRefusal('InvalidParameterException', 'AuthFlow: use USER_PASSWORD_AUTH or REFRESH_TOKEN_AUTH.')
        return flow(map(input, 'AuthParameters'), clientId)
      },
    },
    RespondToAuthChallenge: {
      run: async (input) => {
        const clientId = clientIdOf(input)
        const session = text(input, 'Session')
        const waiting = challenges.get(session)
        if (waiting?.clientId !== clientId || text(input, 'ChallengeName') !== 'SOFTWARE_TOKEN_MFA')
          throw new CallRefusal('NotAuthorizedException', 'Invalid session for the user.')
        const responses = map(input, 'ChallengeResponses')
        const code = text(responses, 'SOFTWARE_TOKEN_MFA_CODE', 'ChallengeResponses.SOFTWARE_TOKEN_MFA_CODE')
        const person = await signIn.bySecondFactor(waiting.proof, code)
        challenges.delete(session)
        return result(person, clientId)
      },
    },
    GlobalSignOut: {
      run: async (input) => {
        const person = await personOf(tokens, people, input)
        endSignIns({ people, models }, person.sub)
        return {}
      },
    },
    GetUser: {
      run: async (input) => {
        const { sub, username, email, emailVerified, name } = await personOf(tokens, people, input)
        const all = { sub, email, email_verified: String(emailVerified), name }
        const present = Object.entries(all).filter(([, value]) => value !== undefined)
        return { Username: username, UserAttributes: present.map(([Name, Value]) => ({ Name, Value })) }
      },
    },
  }
}

/** The person of an access token of the API. @throws CallRefusal NotAuthorizedException */
async function personOf(tokens: ApiTokens, people: People, input: Input): Promise<Person> {
  const claims = await tokens.read(text(input, 'AccessToken'))
  const person = people.bySub(String(claims?.sub))
  if (!person) throw new CallRefusal('NotAuthorizedException', 'Invalid Access Token')
  if (!String(claims?.scope).split(' ').includes(adminScope))
    throw new CallRefusal('NotAuthorizedException', 'Access Token does not have required scopes')
  return person
}
