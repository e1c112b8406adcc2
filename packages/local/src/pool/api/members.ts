/** Reads the members of a call's input. A fault names the path of the member, never its value. */
import { CallRefusal } from './call-refusal.ts'

/** The input of a call: a JSON object. */
export type Input = Readonly<Record<string, unknown>>

/** Characters of a member, at most: those of a refresh token and more. */
const charactersMax = 4096

function isInput(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fault(path: string, words: string): CallRefusal {
  return new CallRefusal('InvalidParameterException', `${path}: ${words}`)
}

/** Reads the body of a call. @throws CallRefusal SerializationException when it is no JSON object */
export function parseInput(body: string): Input {
  try {
    const input = JSON.parse(body)
    if (isInput(input)) return input
  } catch {
    // The message would quote the body.
  }
  throw new CallRefusal('SerializationException', 'The body is no JSON object.')
}

/** A member that may be missing. @throws CallRefusal InvalidParameterException */
export function optionalText(input: Input, name: string, path = name): string | undefined {
  const value = Object.hasOwn(input, name) ? input[name] : undefined
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value.length > charactersMax) throw fault(path, 'use a text.')
  return value
}

/** A member that has to be there. @throws CallRefusal InvalidParameterException */
export function text(input: Input, name: string, path = name): string {
  const value = optionalText(input, name, path)
  if (value === undefined || value === '') throw fault(path, 'is missing.')
  return value
}

/** A member that is an object of texts, such as `AuthParameters`. @throws CallRefusal InvalidParameterException */
export function map(input: Input, name: string): Input {
  const value = Object.hasOwn(input, name) ? input[name] : undefined
  if (!isInput(value)) throw fault(name, 'use an object.')
  return value
}

/** `UserAttributes` by name. @throws CallRefusal InvalidParameterException */
export function attributes(input: Input): Input {
  const value = input.UserAttributes ?? []
  if (!Array.isArray(value) || value.length > 50 || !value.every(isInput)) throw fault('UserAttributes', 'use a list.')
  return Object.fromEntries(
    value.map((row, index) => [
      text(row, 'Name', `UserAttributes.${index}.Name`),
      text(row, 'Value', `UserAttributes.${index}.Value`),
    ]),
  )
}
