/** Errors that policy throws, as tests compare them. */
import { GraphQLError } from 'graphql'
import { expect } from 'vitest'
import { appErrorIn } from '../src/decide/graphql-errors.ts'

/** Matches a GraphQLError with this code for the client. */
export function coded(code: string, fields: object = {}) {
  return expect.objectContaining({ extensions: expect.objectContaining({ code }), ...fields })
}

/** What `act` threw: the error behind a GraphQLError of policy, with code and reason. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    if (error instanceof GraphQLError) return appErrorIn(error) ?? error
    return error
  }
  return 'nothing'
}
