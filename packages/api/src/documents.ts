/** Which documents are taken at all: those within the limits and, where the stage says so, only those our clients were built with. */
import { createGate } from '@fieldnotes/policy/limits'
import { type OperationList, operationIn } from '@fieldnotes/policy/persisted'

/** The body of a request, with the text of its document. */
export type Documents = (body: unknown) => unknown

interface Body {
  readonly query?: unknown
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } }
}

const isBody = (body: unknown): body is Body => typeof body === 'object' && body !== null && !Array.isArray(body)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const listed = (list: OperationList, body: Body): Body => {
  const id = text(body.extensions?.persistedQuery?.sha256Hash)
  return { ...body, query: operationIn(list, { source: text(body.query), id }) }
}

/**
 * What is no body of an operation passes, for the server to refuse in its own words. `list` leaves nothing but what is on it.
 * @throws LIMIT_EXCEEDED for a document that is too large, FORBIDDEN for one that is not on the list
 */
export const createDocuments = (list?: OperationList): Documents => {
  const gate = createGate()
  return (sent) => {
    if (!isBody(sent)) return sent
    const body = list ? listed(list, sent) : sent
    if (typeof body.query === 'string') gate(body.query)
    return body
  }
}
