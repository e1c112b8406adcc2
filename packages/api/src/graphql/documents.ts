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

function isBody(body: unknown): body is Body {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function idOf(body: Body): string | undefined {
  return text(body.extensions?.persistedQuery?.sha256Hash)
}

/** @throws FORBIDDEN for what is not on the list */
function listed(list: OperationList, body: Body): Body {
  return {
    ...body,
    query: operationIn(list, { source: text(body.query), id: idOf(body) }),
  }
}

/** Puts the text of a listed id into a body that has none. Every other body is returned as it is. */
function withText(list: OperationList, body: Body): Body {
  const id = idOf(body)
  const isAlone = body.query === undefined || body.query === null
  if (!isAlone || id === undefined || !Object.hasOwn(list, id)) return body
  return { ...body, query: list[id] }
}

export interface DocumentsOptions {
  /** True unless set to false: nothing is executed but what is on the list. */
  readonly enforced?: boolean
}

/** Apollo makes a key of the hash, whatever it is: of some objects JavaScript makes no text. */
function assertHash({ extensions }: Body): void {
  const hash = extensions?.persistedQuery?.sha256Hash
  if (hash === undefined || typeof hash === 'string') return
  throw new AppError('BAD_USER_INPUT', 'hash', {
    message: '`extensions.persistedQuery.sha256Hash` must be a text.',
    extensions: { status: 400 },
  })
}

/**
 * What is no body of an operation passes, for the server to refuse in its own words. An id of `list` alone is replaced by its
 * text even where the list is not enforced: a client that sends ids runs on every stage.
 * @throws LIMIT_EXCEEDED for a text that is too large to parse, FORBIDDEN for one that is not on the enforced list, BAD_USER_INPUT
 */
export function createDocuments(list?: OperationList, { enforced = true }: DocumentsOptions = {}): Documents {
  const complete = enforced ? listed : withText
  return (sent) => {
    if (!isBody(sent)) return sent
    const body = list ? complete(list, sent) : sent
    assertHash(body)
    if (typeof body.query === 'string') assertText(body.query)
    return body
  }
}
