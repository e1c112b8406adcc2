/**
 * A JSON parser that refuses what two parsers can read differently: repeated members (RFC 8725 §2.4), prototype
 * members, deep nesting.
 */
import { refuse } from '../refusals.ts'

/** An object of parsed JSON. */
export type JsonObject = Readonly<Record<string, unknown>>

const dangerous = new Set(['__proto__', 'constructor', 'prototype'])
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const stringOrBracket = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses a JSON object from UTF-8 bytes. @throws UNAUTHENTICATED */
export function parseStrictJson(bytes: Uint8Array, depthMax: number): JsonObject {
  const text = decode(bytes)
  const value = parse(text)
  if (!isJsonObject(value)) return refuse('json_not_object')
  assertMembers(text, depthMax)
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return refuse('utf8_invalid')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return refuse('json_invalid')
  }
}

/** Scans valid JSON for repeated members, because `JSON.parse` keeps only the last one. */
function assertMembers(text: string, depthMax: number): void {
  const open: Set<string>[] = []
  for (const [found, colon] of text.matchAll(stringOrBracket)) {
    if (found === '{' || found === '[') open.push(new Set())
    else if (found === '}' || found === ']') open.pop()
    else if (colon !== undefined) assertMember(open.at(-1), JSON.parse(found.slice(0, -colon.length)))
    if (open.length > depthMax) refuse('json_too_deep')
  }
}

function assertMember(seen: Set<string> | undefined, member: string): void {
  if (dangerous.has(member)) refuse('json_member_dangerous')
  if (seen?.has(member)) refuse('json_member_repeated')
  seen?.add(member)
}
