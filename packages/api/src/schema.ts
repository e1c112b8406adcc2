import { createPolicy, type Policy } from '@fieldnotes/policy/policy'
import { executableSchema } from './executable-schema.ts'
import type { ObjectTypes } from './generated/schema.ts'
import { sdl } from './generated/sdl.ts'
import { resolvers } from './resolvers/resolvers.ts'
import { rules } from './rules.ts'

/** The schema of the endpoint with every decision in front of its field. Throws when any field has none. */
export const createSchema = (): Policy => createPolicy<ObjectTypes>(executableSchema(sdl, resolvers), rules)
