import { createServer } from 'node:http'
import { AppError, errors } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'

/** A plain Node service that answers only to who it knows. `headersDistinct`, so that a second Authorization header is seen. */
export const createService = ({ authenticate, challenge }: Identity) =>
  createServer(async ({ headersDistinct }, response) => {
    try {
      const principal = await authenticate(headersDistinct)
      if (principal.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'nobody signed in')
      response.end(`Hello, ${principal.id}\n`)
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('INTERNAL', 'unexpected', { cause: error })
      response.writeHead(errors[known.code].status, { 'www-authenticate': challenge(known) ?? [] }).end()
    }
  })
