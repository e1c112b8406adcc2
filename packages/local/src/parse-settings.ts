/** Parsers of the commands' environment variables. Each rejects what it does not know. */
import { apiKeyDemands, type Config, decisionSamples } from '@fieldnotes/api/config'
import { type Executor, executors, isExecutor } from '@fieldnotes/core/executors'
import { type GroupMode, groupModes } from '@fieldnotes/core/group-policy'
import { type ChallengeHeader, challengeHeaders, isChallengeHeader } from './gateway/challenge-header.ts'
import { UsageError } from './usage-error.ts'

/** Parses a TCP port: 4000 by default, 0 for any free one. @throws UsageError for anything else */
export function parsePort(text = ''): number {
  const port = text === '' ? 4000 : Number(text)
  if (/^\d*$/.test(text) && port <= 65_535) return port
  throw new UsageError(`PORT is "${text}", which is not a port (0 to 65535).`)
}

/**
 * Parses the executor of operations: plans, or graphql-js's own. Undefined for the default.
 * @throws UsageError for another name
 */
export function parseExecutor(text = ''): Executor | undefined {
  if (text === '') return undefined
  if (isExecutor(text)) return text
  throw new UsageError(`FIELDNOTES_EXECUTOR is "${text}". It can be ${executors.join(' or ')}.`)
}

/**
 * Parses the share of the requests whose decisions are recorded. Undefined for none.
 * @throws UsageError for another share
 */
export function parseDecisionSample(text = ''): Config['decisionSample'] {
  const share = decisionSamples.find((each) => each === text)
  if (text === '' || share) return share
  throw new UsageError(`FIELDNOTES_DECISION_SAMPLE is "${text}". It can be ${decisionSamples.join(', ')}.`)
}

/**
 * Parses what holds for a person who is in no group with a policy. Undefined for the default.
 * @throws UsageError for another word
 */
export function parseGroupMode(text = ''): GroupMode | undefined {
  const mode = groupModes.find((each) => each === text)
  if (mode || text === '') return mode
  throw new UsageError(`FIELDNOTES_GROUPS is "${text}". It can be ${groupModes.join(' or ')}.`)
}

/**
 * Parses whether a token needs an API key too. Undefined for the default.
 * @throws UsageError for another word
 */
export function parseApiKeyDemand(text = ''): Config['apiKeys'] {
  const demand = apiKeyDemands.find((each) => each === text)
  if (demand || text === '') return demand
  throw new UsageError(`FIELDNOTES_API_KEYS is "${text}". It can be ${apiKeyDemands.join(' or ')}.`)
}

/**
 * Parses the name under which clients receive `WWW-Authenticate`. Undefined for the default.
 * @throws UsageError for another name
 */
export function parseChallengeHeader(text = ''): ChallengeHeader | undefined {
  if (text === '') return undefined
  if (isChallengeHeader(text)) return text
  throw new UsageError(`FIELDNOTES_CHALLENGE_HEADER is "${text}". It can be ${challengeHeaders.join(' or ')}.`)
}

/** Parses the URL of another DynamoDB, if one is set. @throws UsageError when it is not an HTTP URL */
export function parseEndpoint(text = ''): string | undefined {
  if (text === '') return undefined
  const url = URL.parse(text)
  if (url?.username || url?.password) throw new UsageError('DYNAMODB_ENDPOINT holds a name or password. Leave it out.')
  if (/^https?:$/.test(url?.protocol ?? '')) return text
  throw new UsageError(`DYNAMODB_ENDPOINT is "${text}", which is not a URL such as http://127.0.0.1:8000.`)
}
