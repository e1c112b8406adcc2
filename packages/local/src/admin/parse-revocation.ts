/** Parses what an operator wants to revoke. */
import { isIssuerName } from '@fieldnotes/core/issuer-rules'
import type { Revocation, RevocationKind } from '@fieldnotes/core/revocation'
import { UsageError } from '../usage-error.ts'

/** What the words of an operator refer to. */
export interface RevocationContext {
  /** `--issuer`. */
  readonly issuer: string | undefined
  /** The instant until which sign-ins end, in seconds since the epoch. */
  readonly at: number
  /** Returns the id of a person, from an id or from a name of the laptop's people. @throws UsageError */
  readonly personIdOf: (words: string) => string
}

interface Kind {
  /** The words after the kind, for usage errors. */
  readonly operands: readonly string[]
  readonly parse: (words: readonly string[], context: RevocationContext) => Revocation
}

const kinds: Readonly<Record<RevocationKind, Kind>> = {
  person: {
    operands: ['PERSON'],
    parse: ([person = ''], { personIdOf, at }) => ({ kind: 'person', personId: personIdOf(person), at }),
  },
  login: { operands: ['ID'], parse: ([id = '']) => ({ kind: 'login', loginId: identifier(id) }) },
  token: {
    operands: ['ID'],
    parse: ([id = ''], context) => ({ kind: 'token', issuer: issuerOf(context), tokenId: identifier(id) }),
  },
  app: {
    operands: ['PERSON', 'CLIENT'],
    parse: ([person = '', client = ''], { personIdOf, at }) => ({
      kind: 'app',
      personId: personIdOf(person),
      clientId: identifier(client),
      at,
    }),
  },
  client: {
    operands: ['CLIENT'],
    parse: ([client = ''], context) => ({
      kind: 'client',
      issuer: issuerOf(context),
      clientId: identifier(client),
      at: context.at,
    }),
  },
  key: { operands: ['THUMBPRINT'], parse: ([text = '']) => ({ kind: 'key', thumbprint: thumbprint(text) }) },
}

/** Parses a kind and its operands. @throws UsageError that says what is missing or wrong */
export function parseRevocation(words: readonly string[], context: RevocationContext): Revocation {
  const [name = '', ...operands] = words
  if (!isKind(name)) throw new UsageError(`Say what to revoke: ${Object.keys(kinds).join(', ')}.`)
  const kind = kinds[name]
  if (operands.length !== kind.operands.length)
    throw new UsageError(`revoke ${name} takes ${kind.operands.join(' and ')}, and no other word.`)
  return kind.parse(operands, context)
}

function isKind(name: string): name is RevocationKind {
  return Object.hasOwn(kinds, name)
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
