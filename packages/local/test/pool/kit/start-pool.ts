/** A user pool on a free port, without the endpoint, and the identity that judges its tokens as deployed. */
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { issuersAt, trusted } from '../../../src/issuers/local-issuers.ts'
import { createKeys, type Keys } from '../../../src/issuers/signing-keys.ts'
import { listen } from '../../../src/listen.ts'
import { createMailbox, type Mailbox } from '../../../src/mailbox/mailbox.ts'
import { createSignInSite } from '../../../src/sign-in-site.ts'
import { createSite } from '../../../src/site.ts'

/** A running pool. */
export interface TestPool {
  readonly url: string
  readonly issuer: string
  readonly keys: Keys
  readonly mailbox: Mailbox
  readonly identity: Identity
  /** Events of the log, each as one line. */
  readonly lines: readonly string[]
  readonly stop: () => Promise<void>
}

/** Keys of all pools of a file: it takes a second to generate them. */
const keys: Keys = await createKeys()

async function start(folder?: string, port = 0): Promise<TestPool> {
  const { url, serve, stop } = await listen(port)
  const issuers = issuersAt(url, keys)
  const issuer = `${url}/cognito/eu-west-1_Local0001`
  const lines: string[] = []
  const log = (...event: readonly unknown[]) => void lines.push(JSON.stringify(event))
  const mailbox = createMailbox(log)
  const common = { origin: url, issuer, privateJwk: keys.cognito, folderSecret: keys.cursorSecret }
  const sites = [createSite(issuers), createSignInSite({ ...common, folder, mailbox, log }).site]
  serve(async (request, response) => {
    for (const site of sites) if (await site(request, response)) return
    response.writeHead(404).end('no such path')
  })
  const identity = createIdentity({
    issuers: trusted(issuers),
    resource: `${url}/graphql`,
    loopbackIssuers: 'trust',
    environment: {},
    log: () => {},
  })
  return { url, issuer, keys, mailbox, identity, lines, stop }
}

/** Starts a pool for one test. Without a folder its people are in memory. */
export async function startPool(folder?: string, port = 0): Promise<TestPool> {
  const pool = await start(folder, port)
  onTestFinished(pool.stop)
  return pool
}

/** Starts a pool for all tests of a file; each test has a visitor of its own. */
export function usePool(): () => TestPool {
  let pool: TestPool
  beforeAll(async () => {
    pool = await start()
  })
  afterAll(() => pool?.stop())
  return () => pool
}

/** The code in the newest mail to this address. */
export function codeFor({ mailbox }: TestPool, to: string): string {
  return mailbox.mails().find((mail) => mail.to === to)?.code ?? 'no mail'
}
