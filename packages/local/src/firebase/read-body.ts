/** Reads the body of a request: JSON, or the form that the SDK sends to the Secure Token API. */
import type { IncomingMessage } from 'node:http'
import { RequestRefusal, readBody as readBytes } from '../pages/requests.ts'
import { ApiError } from './api-error.ts'
import type { Body } from './input.ts'

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  try {
    return await readBytes(request)
  } catch (error) {
    if (error instanceof RequestRefusal) throw new ApiError(413, 'Request payload size exceeds the limit: 64 KB.')
    throw error
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const bytes = await bytesOf(request)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiError(400, 'Invalid payload received: it is not UTF-8.')
  }
}

function parseJson(text: string): Body {
  const invalid = new ApiError(400, 'Invalid JSON payload received.')
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    throw invalid
  }
  throw invalid
}

/** `grant_type` of a form is `grantType` of the operations. */
function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function parseForm(text: string): Body {
  return Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [camelCase(name), value]))
}

const parsers: Readonly<Record<string, (text: string) => Body>> = {
  'application/json': parseJson,
  'application/x-www-form-urlencoded': parseForm,
}

/** The media type of a request, without parameters. */
export function mediaTypeOf({ headers }: IncomingMessage): string {
  return (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase()
}

/**
 * The members of the body. Other media types are refused: a page of another origin can send them without a preflight.
 * @throws ApiError 400, 413, 415
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  if (request.method === 'GET') return {}
  const type = mediaTypeOf(request)
  const parse = Object.hasOwn(parsers, type) ? parsers[type] : undefined
  if (!parse) throw new ApiError(415, 'The content-type must be application/json.')
  return parse(await textOf(request))
}
