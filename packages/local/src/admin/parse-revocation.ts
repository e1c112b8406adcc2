/** Parses what an operator wants to revoke. */
import { isIssuerName } from '@fieldnotes/core/issuer-rules'
import type { Revocation, RevocationKind } from '@fieldnotes/core/revocation'
import { UsageError } from '../usage-error.ts'
import { parseInstant } from './parse-instant.ts'

/** What the words of an operator refer to. */
export interface RevocationContext {
  /** `--issuer`. */
  readonly issuer: string | undefined
  /** `--at`: sign-ins until then end; until now when it is undefined. */
  readonly at: string | undefined
  /** Seconds since the epoch. */
  readonly now: number
  /**
   * Returns the id of a person, from an id, or from a name of the laptop's people and `--issuer`.
   * @throws UsageError
   */
  readonly personIdOf: (words: string, issuer: string | undefined) => string
}

/** An option that some kinds have and others do not. */
type Option = 'at' | 'issuer'

interface Kind {
  /** The words after the kind, for usage errors. */
  readonly operands: readonly string[]
  /** Any other option is refused, because it would have no effect. */
  readonly options: readonly Option[]
  readonly parse: (words: readonly string[], context: RevocationContext) => Revocation
}

const kinds: Readonly<Record<RevocationKind, Kind>> = {
  person: {
    operands: ['PERSON'],
    options: ['at', 'issuer'],
    parse: ([person = ''], context) => ({
      kind: 'person',
      personId: personIdOf(person, context),
      at: untilOf(context),
    }),
  },
  login: { operands: ['ID'], options: [], parse: ([id = '']) => ({ kind: 'login', loginId: identifier(id) }) },
  token: {
    operands: ['ID'],
    options: ['issuer'],
    parse: ([id = ''], context) => ({ kind: 'token', issuer: issuerOf(context), tokenId: identifier(id) }),
  },
  app: {
    operands: ['PERSON', 'CLIENT'],
    options: ['at', 'issuer'],
    parse: ([person = '', client = ''], context) => ({
      kind: 'app',
      personId: personIdOf(person, context),
      clientId: identifier(client),
      at: untilOf(context),
    }),
  },
  client: {
    operands: ['CLIENT'],
    options: ['at', 'issuer'],
    parse: ([client = ''], context) => ({
      kind: 'client',
      issuer: issuerOf(context),
      clientId: identifier(client),
      at: untilOf(context),
    }),
  },
  key: {
    operands: ['THUMBPRINT'],
    options: [],
    parse: ([text = '']) => ({ kind: 'key', thumbprint: thumbprint(text) }),
  },
}

/** Parses a kind and its operands. @throws UsageError that says what is missing, wrong, or without effect */
export function parseRevocation(words: readonly string[], context: RevocationContext): Revocation {
  const [name = '', ...operands] = words
  if (!isKind(name)) throw new UsageError(`Say what to revoke: ${Object.keys(kinds).join(', ')}.`)
  const kind = kinds[name]
  if (operands.length !== kind.operands.length)
    throw new UsageError(`revoke ${name} takes ${kind.operands.join(' and ')}, and no other word.`)
  assertOptions(name, context)
  return kind.parse(operands, context)
}

function assertOptions(name: RevocationKind, context: RevocationContext): void {
  const unused = (['at', 'issuer'] as const).find(
    (option) => context[option] !== undefined && !kinds[name].options.includes(option),
  )
  if (unused !== undefined) throw new UsageError(`--${unused} does not go with revoke ${name}.`)
}

function isKind(name: string): name is RevocationKind {
  return Object.hasOwn(kinds, name)
}

function personIdOf(text: string, { personIdOf: idOf, issuer }: RevocationContext): string {
  return idOf(text, issuer)
}

function untilOf({ at, now }: RevocationContext): number {
  return parseInstant(at, now)
}

/** The form that every verified token's identifiers have: printable ASCII without white space and `#`. */
function identifier(text: string): string {
  if (/^[!-"$-~]{1,128}$/.test(text)) return text
  throw new UsageError('An id is 1 to 128 printable ASCII characters, without white space and #.')
}

function thumbprint(text: string): string {
  if (/^[\w-]{43}$/.test(text)) return text
  throw new UsageError('A thumbprint is 43 base64url characters: the SHA-256 of a key (RFC 7638).')
}

/** An id of another issuer would be accepted and refuse no token, so there is no default. */
function issuerOf({ issuer }: RevocationContext): string {
  if (isIssuerName(issuer)) return issuer
  throw new UsageError('Say whose it is: --issuer NAME, as the configuration names the issuer, such as cognito.')
}
