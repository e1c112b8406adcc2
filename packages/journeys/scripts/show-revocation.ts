/**
 * `npm run show:revocation`: revokes a person by the operators' command and prints after how many seconds each of two
 * warm instances refuses the token that it remembers, then what happens while the list is out of reach. Real time,
 * about 15 seconds; fails above 10 seconds, and when any line is not as expected.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Instance, startWorld, type World } from '../test/revocation/instances.ts'

const secondsMax = 10

/** Milliseconds between two requests of one instance. */
const pause = 50

let failures = 0
function report(what: string, found: string, expected: boolean): void {
  if (!expected) failures += 1
  process.stdout.write(`${expected ? ' ' : '✗'} ${what.padEnd(62)} ${found}\n`)
}

function expect(what: string, found: string, wanted: string): void {
  report(what, found === wanted ? found : `${found}, not ${wanted}`, found === wanted)
}

/** Sends requests until one is not accepted, and returns that moment in milliseconds since the epoch. */
async function momentOfRefusal({ call }: Instance, token: string): Promise<number> {
  const latest = Date.now() + 3 * secondsMax * 1000
  while ((await call(token)) === '200' && Date.now() < latest) await wait(pause)
  return Date.now()
}

/** Both instances are in use while the command runs. The delay counts from the end of the command. */
async function showDelay(world: World, instances: readonly Instance[], token: string): Promise<void> {
  const refusals = instances.map((instance) => momentOfRefusal(instance, token))
  const { out } = await world.admin('revoke', 'person', 'alice', '--yes')
  const written = Date.now()
  process.stdout.write(`\n$ npm run -s admin -- revoke person alice --yes\n${out}\n`)
  for (const [index, moment] of (await Promise.all(refusals)).entries()) {
    const seconds = Math.max(0, moment - written) / 1000
    report(`instance ${index + 1} refuses the remembered token after`, `${seconds.toFixed(2)} s`, seconds <= secondsMax)
  }
}

async function showOutage(instance: Instance, revoked: string, twin: string): Promise<void> {
  instance.line.set('cut')
  await wait(5000)
  process.stdout.write('\nthe table Access is out of reach\n')
  expect('another person’s token', await instance.call(twin), '503 UNAVAILABLE')
  expect('the revoked token', await instance.call(revoked), '503 UNAVAILABLE')
  expect('a request without a token', await instance.call(), '200')
  instance.line.set('open')
  await wait(1000)
  process.stdout.write('\nthe table Access is back\n')
  expect('another person’s token', await instance.call(twin), '200')
  expect('the revoked token', await instance.call(revoked), '401 UNAUTHENTICATED')
}

const world = await startWorld()
try {
  const instances = [await world.newInstance(), await world.newInstance()] as const
  const [token, twin] = [await world.tokenOf('alice'), await world.tokenOf('bob')]
  for (const { call } of instances) {
    for (const each of [token, twin, token, twin]) expect('a warm instance accepts', await call(each), '200')
    await wait(1500)
  }
  await showDelay(world, instances, token)
  const [first] = instances
  const now = Math.floor(Date.now() / 1000)
  const refreshed = await world.tokenOf('alice', { claims: { iat: now, jti: 'refreshed' } })
  const signedIn = await world.tokenOf('alice', { signedInAt: now, claims: { iat: now } })
  expect('the token of another person', await first.call(twin), '200')
  expect('a refreshed token of the same sign-in', await first.call(refreshed), '401 UNAUTHENTICATED')
  expect('a new sign-in', await first.call(signedIn), '200')
  await showOutage(first, token, twin)
  process.stdout.write(`\n${instances.map(({ line }) => line.queries()).join(' and ')} queries of the two instances\n`)
} finally {
  await world.stop()
}
process.exitCode = failures === 0 ? 0 : 1
