/**
 * The first check of a request's body: its document is within the limits of a text and, on some stages, on the list of
 * operations.
 */
import { AppError } from '@fieldnotes/core/error'
import { assertText } from '@fieldnotes/policy/document-limits'
import { type OperationList, operationIn } from '@fieldnotes/policy/persisted'

/** Checks a body, and returns it with the text of its document. */
export type DocumentCheck = (body: unknown) => unknown

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

/** @throws FORBIDDEN for a document that is not on the list */
function listed(list: OperationList, body: Body): Body {
  return {
    ...body,
    query: operationIn(list, { source: text(body.query), id: idOf(body) }),
  }
}

/** Adds the text of a listed id to a body without a text. Every other body is returned unchanged. */
function withText(list: OperationList, body: Body): Body {
  const id = idOf(body)
  const isAlone = body.query === undefined || body.query === null
  if (!isAlone || id === undefined || !Object.hasOwn(list, id)) return body
  return { ...body, query: list[id] }
}

export interface DocumentCheckOptions {
  /** Executes listed operations only. True unless set to false. */
  readonly enforced?: boolean
}

/**
 * Apollo makes a cache key of the hash: some objects have no text, and a missing hash would be the key of a document
 * too.
 */
function assertHash({ extensions }: Body): void {
  const persisted = extensions?.persistedQuery
  const hash = persisted?.sha256Hash
  if (!persisted || (typeof hash === 'string' && hash !== '')) return
  throw new AppError('BAD_USER_INPUT', 'hash', {
    message: '`extensions.persistedQuery.sha256Hash` must be a text that is not empty.',
    extensions: { status: 400 },
  })
}

/**
 * A body that is not an object is returned unchanged: Apollo refuses it. The id of a listed operation is replaced by
 * its text even where the list is not enforced, so that clients which send ids work on every stage.
 * @throws LIMIT_EXCEEDED for a text that is too large to parse, FORBIDDEN for one that is not on the enforced
 * list, BAD_USER_INPUT
 */
export function createDocumentCheck(
  list?: OperationList,
  { enforced = true }: DocumentCheckOptions = {},
): DocumentCheck {
  const complete = enforced ? listed : withText
  return (sent) => {
    if (!isBody(sent)) return sent
    const body = list ? complete(list, sent) : sent
    assertHash(body)
    if (typeof body.query === 'string') assertText(body.query)
    return body
  }
}
