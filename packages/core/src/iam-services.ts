/** Parses `FIELDNOTES_IAM_SERVICES`: AWS roles that are services. A deployment and the deployed endpoint both do. */
import { scopesFaults } from './scopes.ts'

/** Role → the API's scopes. */
export type IamServices = Readonly<Record<string, readonly string[]>>

/** The result: either services or faults. */
export interface ParsedIamServices {
  /** Empty when there is a fault. */
  readonly services: IamServices
  /** One sentence for each fault. It names the member and never quotes its value. */
  readonly faults: readonly string[]
}

/** The environment variable. Every message names it. */
const variable = 'FIELDNOTES_IAM_SERVICES'

/** An assumed role of the caller, as STS names it, without the name of its session. */
const role = /^arn:aws:sts::\d{12}:assumed-role\/[\w+=,.@-]{1,64}$/

/** Parses JSON of roles, each with a list of one or more scopes. Empty text is none. */
export function parseIamServices(text: string): ParsedIamServices {
  if (text === '') return { services: {}, faults: [] }
  const given = objectOf(text)
  if (given === undefined)
    return { services: {}, faults: [`${variable} is not a JSON object that names each role once, without escapes`] }
  const faults = Object.entries(given).flatMap(([arn, scopes], index) =>
    [...roleFaults(arn), ...scopesFaults(scopes)].map((fault) => `${variable}: role ${index + 1} ${fault}`),
  )
  return faults.length > 0 ? { services: {}, faults } : { services: given as IamServices, faults }
}

/**
 * Undefined for anything but an object. `JSON.parse` keeps the last of two members of one name: a text that it doesn't
 * write in the same way, white space aside, may have said something else than what it read.
 */
function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const given = parsedJson(text)
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  return JSON.stringify(given) === text.replace(/\s/g, '') ? { ...given } : undefined
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function roleFaults(arn: string): readonly string[] {
  return role.test(arn) ? [] : ['is not arn:aws:sts::<account>:assumed-role/<name>']
}
