/**
 * Cross-site request forgery: a request that changes something, or reads with the cookie, is accepted from a page of
 * this origin alone.
 */
import { AppError } from '@fieldnotes/core/error'
import type { Event } from './event.ts'

type Headers = Event['headers']

/** A check of one request, and its reason for the log. */
type Check = readonly [reason: string, holds: (headers: Headers, origin: string) => boolean]

/**
 * All of them must hold. The header of our own can't be sent by another origin without a preflight, which is refused.
 * Every browser sends `Origin` with a POST; those that know fetch metadata say the same once more.
 */
const checks: readonly Check[] = [
  ['csrf_header', (headers) => headers['x-fieldnotes'] === '1'],
  ['csrf_origin', (headers, origin) => headers.origin === origin],
  ['csrf_site', (headers) => (headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin'],
]

const isJson: Check = ['csrf_media_type', (headers) => json.test(headers['content-type'] ?? '')]

const json = /^application\/json\s*(?:;|$)/i

/** Whether a request without a body may leave its media type out. */
type BodyRule = 'body' | 'body or none'

/**
 * Refuses a request that no page of `origin` sent. It names the media type of its body.
 * @throws FORBIDDEN
 */
export function assertOwnRequest(
  { headers, body }: Pick<Event, 'headers' | 'body'>,
  origin: string,
  rule: BodyRule = 'body',
): void {
  const hasNone = rule === 'body or none' && !body && headers['content-type'] === undefined
  const failed = [...checks, ...(hasNone ? [] : [isJson])].find(([, holds]) => !holds(headers, origin))
  if (failed) throw new AppError('FORBIDDEN', failed[0], { message: 'This request did not come from our own page.' })
}
