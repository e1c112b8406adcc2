/** Processor time of a verdict of the authorizer, beside identity's own verification. */
import { createGiveVerdict } from '@fieldnotes/authorizer/give-verdict'
import { createIdentity } from '@fieldnotes/identity/identity'
import { createRevocationList } from '@fieldnotes/identity/revocation-list'
import { median } from '../measure/statistics.ts'
import { createIssuer, type Issuer } from '../world/issuer.ts'

/** Medians: microseconds of processor time of one token. */
export interface WarmFigures {
  readonly identity: number
  readonly authorizer: number
}

type Event = Parameters<ReturnType<typeof createGiveVerdict>>[0]
type Verify = (event: Event) => Promise<unknown>

const issuerUrl = 'https://issuer.bench.dev'
const audience = 'http://127.0.0.1/graphql'
const people = 200

/** An identity that remembers nothing yet. */
function identityOf({ jwks }: Issuer) {
  const row = { kind: 'oidc', name: 'bench', issuer: issuerUrl, jwksUri: `${issuerUrl}/keys`, audience } as const
  return createIdentity({
    issuers: [{ ...row, algorithms: ['RS256'], scopes: { read: ['notes:read'] } }],
    resource: audience,
    loopbackIssuers: 'trust',
    environment: {},
    fetch: async () => Response.json(jwks),
    isRevoked: createRevocationList({ read: () => [], windowSeconds: 3900, clock: Date.now, log: () => {} }),
    log: () => {},
  })
}

const contenders: Readonly<Record<keyof WarmFigures, (issuer: Issuer) => Verify>> = {
  identity: (issuer) => {
    const { authenticate } = identityOf(issuer)
    return ({ headers = {} }) => authenticate(headers)
  },
  authorizer: (issuer) => createGiveVerdict(identityOf(issuer), { gateDenies: false, log: () => {} }),
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

async function passOf(verify: Verify, events: readonly Event[]): Promise<void> {
  for (const event of events) await verify(event)
}

/** Microseconds of one token. With `again`, all tokens have been verified before. */
async function sample(verify: Verify, events: readonly Event[], again: boolean): Promise<number> {
  if (again) await passOf(verify, events)
  const passes = again ? 50 : 1
  const before = cpuMicroseconds()
  for (let pass = 0; pass < passes; pass += 1) await passOf(verify, events)
  return (cpuMicroseconds() - before) / (events.length * passes)
}

/** Both verify the same tokens in turn, each with a memory of its own; `again`: tokens that each remembers. */
export async function measureWarm(rounds: number, again: boolean): Promise<WarmFigures> {
  const issuer = createIssuer({ issuer: issuerUrl, audience, scope: 'read' })
  const tokens = await Promise.all(Array.from({ length: people }, (_, person) => issuer.mint(`person-${person}`)))
  const requestContext = { requestId: 'r' } as Event['requestContext']
  const events = tokens.map((token) => ({ headers: { authorization: `Bearer ${token}` }, requestContext }))
  const samples: Record<keyof WarmFigures, number[]> = { identity: [], authorizer: [] }
  for (let round = 0; round < rounds; round += 1)
    for (const name of ['identity', 'authorizer'] as const)
      samples[name].push(await sample(contenders[name](issuer), events, again))
  // The first rounds warm the code up.
  return { identity: median(samples.identity.slice(2)), authorizer: median(samples.authorizer.slice(2)) }
}
