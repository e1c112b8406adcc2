/** Limits of bodies, headers, query strings, caches, compression and the log. */

import type { Bound } from './all-bounds.ts'
import { bound, boundary, held, hostile, internal, large, raised, unit } from './bound-row.ts'

const graphql = 'packages/api/src/graphql'
const http = 'packages/api/src/http'
const documentLimits = 'packages/policy/src/limits/document-limits.ts'

const logged = { ...boundary('log'), only: 'the log of one operation' }

/** All rows. */
export const apiBounds: readonly Bound[] = [
  bound('bytes of a body', raised(`${http}/request-body.ts`, 'bodyBytesMax = 1_000_000'), boundary('bodyBytesMax')),
  bound(
    'bytes of a body, however it came',
    { file: `${http}/request-body.ts`, from: 'if (bytes.length > bodyBytesMax) throw tooLarge()', to: '' },
    internal('as a body of 1,000,001 bytes'),
  ),
  bound(
    'bytes of a query string',
    raised(`${http}/query-string.ts`, 'queryStringBytesMax = 10_240'),
    boundary('queryStringBytesMax'),
  ),
  bound(
    'characters of a header',
    raised(`${graphql}/remembered-header.ts`, 'headerCharactersMax = 1_000'),
    boundary('headerCharactersMax'),
  ),
  bound(
    'characters of a header that is negotiated',
    { file: `${graphql}/remembered-header.ts`, from: 'header.length <= headerCharactersMax && ', to: '' },
    unit('api/test/graphql/media-type.test.ts', 'answers a client'),
  ),
  bound(
    'media ranges and codings of a header',
    raised(`${graphql}/remembered-header.ts`, 'headerElementsMax = 20'),
    unit('api/test/graphql/media-type.test.ts', 'more than 20 media ranges'),
  ),
  bound('headers that are kept', raised(`${graphql}/remembered-header.ts`, 'valuesMax = 100'), held('media types')),
  bound(
    'hashes that are text',
    { file: `${graphql}/document-check.ts`, from: 'assertHash(body)', to: '' },
    internal('as what goes around an operation'),
  ),
  bound(
    'errors of a document',
    raised(documentLimits, 'requestErrorsMax = 10'),
    boundary('requestErrorsMax of a document'),
  ),
  bound(
    'errors of a document, which end its validation',
    { file: `${graphql}/validation.ts`, from: '{ maxErrors: requestErrorsMax }', to: '{ maxErrors: 1e9 }' },
    hostile('documents', 'unknown (arguments|members)'),
  ),
  bound('cost of an operation', raised(`${graphql}/cost-limit.ts`, 'costMax = 25_000'), boundary('costMax')),
  bound(
    'characters of a document that is kept',
    raised(documentLimits, 'keptCharactersMax = 10_000'),
    unit('api/test/graphql/document-cache.test.ts', 'does not remember what is long'),
  ),
  bound(
    'characters of documents',
    raised(`${graphql}/document-cache.ts`, 'charactersInAllMax = 250_000'),
    held('documents that are not valid'),
  ),
  bound(
    'documents that are kept',
    raised(`${graphql}/document-cache.ts`, 'textsMax = 1000'),
    held('short documents that differ'),
  ),
  bound(
    'bytes of an answer',
    raised(`${http}/content-coding.ts`, 'answerBytesMax = 5_500_000'),
    boundary('answerBytesMax'),
  ),
  bound(
    'characters of an answer that is compressed',
    raised(`${http}/content-coding.ts`, 'compressedCharactersMax = 15_000_000'),
    boundary('compressedCharactersMax'),
  ),
  bound(
    'quality of brotli',
    { file: `${http}/content-coding.ts`, from: '[quality]: 1,', to: '[quality]: 5,' },
    large('in br has the bytes'),
  ),
  bound(
    'level of gzip',
    { file: `${http}/content-coding.ts`, from: '{ level: 1 }', to: '{ level: 6 }' },
    large('in gzip has the bytes'),
  ),
  bound(
    'characters of the path of a literal',
    raised(`${graphql}/argument-paths.ts`, 'pathMax = 200'),
    unit('api/test/graphql/validation.test.ts', 'names no path that is longer'),
  ),
  bound('log lines of an operation', raised(`${graphql}/request-log.ts`, 'loggedErrorsMax = 50'), logged),
  bound('characters of a path in a log line', raised(`${graphql}/request-log.ts`, 'loggedPathMax = 200'), logged),
  bound(
    'browser sessions that a sign-out ends',
    raised('packages/table/src/sign-outs.ts', 'sessionsMax = 30'),
    unit('table/test/sign-outs.test.ts', 'though one transaction has room for'),
  ),
  bound(
    'sign-outs of a person',
    raised('packages/table/src/sign-out-limit.ts', 'signOutsMax = 30'),
    unit('table/test/sign-outs.test.ts', 'the next says how long to wait'),
  ),
  bound(
    'grants of a connected app',
    raised('packages/table/src/connected-apps.ts', 'loginsMax = 10'),
    unit('table/test/connected-apps.test.ts', 'with the eleventh the oldest is ended'),
  ),
  bound(
    'people of one issuer who are signed out there at the same time',
    raised('packages/api/src/sign-ins/in-groups.ts', 'groupMax = 10'),
    unit('api/test/sign-ins/inform-issuers.test.ts', 'however many people wait for it'),
  ),
]
