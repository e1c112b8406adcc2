/** Which documents are parsed at all: texts within the limits and, where the stage says so, only those our clients were built with. */
import { AppError } from '@fieldnotes/core/error'
import { assertText } from '@fieldnotes/policy/limits'
import { type OperationList, operationIn } from '@fieldnotes/policy/persisted'

/** The body of a request, with the text of its document. */
export type Documents = (body: unknown) => unknown

interface Body {
  readonly query?: unknown
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } | null } | null
}

const isBody = (body: unknown): body is Body => typeof body === 'object' && body !== null && !Array.isArray(body)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const listed = (list: OperationList, body: Body): Body => {
  const id = text(body.extensions?.persistedQuery?.sha256Hash)
  return { ...body, query: operationIn(list, { source: text(body.query), id }) }
}

/** Apollo makes a key of the hash, whatever it is: of some objects JavaScript makes no text. */
const assertHash = ({ extensions }: Body): void => {
  const hash = extensions?.persistedQuery?.sha256Hash
  if (hash === undefined || typeof hash === 'string') return
  throw new AppError('BAD_USER_INPUT', 'hash', {
    message: '`extensions.persistedQuery.sha256Hash` must be a text.',
    extensions: { status: 400 },
  })
}

/**
 * What is no body of an operation passes, for the server to refuse in its own words. `list` leaves nothing but what is on it.
 * @throws LIMIT_EXCEEDED for a text that is too large to parse, FORBIDDEN for one that is not on the list, BAD_USER_INPUT
 */
export const createDocuments =
  (list?: OperationList): Documents =>
  (sent) => {
    if (!isBody(sent)) return sent
    const body = list ? listed(list, sent) : sent
    assertHash(body)
    if (typeof body.query === 'string') assertText(body.query)
    return body
  }
