import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLoopback } from '../../src/stage/loopback.ts'

/** Takes a port at one address of this machine. */
async function takenAt(host: string, port = 0): Promise<number> {
  const server = createServer().listen({ host, port })
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function open(...ports: number[]) {
  const loopback = await openLoopback(
    ports.map((port) => `http://localhost:${port}/callback`),
    'the-state',
  )
  onTestFinished(loopback.close)
  return loopback
}

describe('openLoopback', () => {
  it('resolves to the redirect with its parameters', async () => {
    const { redirectUri, answer } = await open(0)
    const response = await fetch(`${redirectUri}?code=a%26b&state=the-state`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/plain; charset=utf-8',
    })
    expect((await answer).href).toBe(`${redirectUri}?code=a%26b&state=the-state`)
  })

  it('listens at both loopback addresses, so that no other program can receive the redirect', async () => {
    const { redirectUri } = await open(0)
    const { port } = new URL(redirectUri)
    for (const host of ['127.0.0.1', '::1']) await expect(takenAt(host, Number(port))).rejects.toThrow('EADDRINUSE')
  })

  it.each(['127.0.0.1', '::1'])('goes on to the next redirect when the port is taken at %s', async (host) => {
    const taken = await takenAt(host)
    expect(new URL((await open(taken, 0)).redirectUri).port).not.toBe(String(taken))
  })

  it('says why no redirect can be received', async () => {
    const taken = await takenAt('127.0.0.1')
    await expect(open(taken)).rejects.toThrow(/^No redirect of the app can be received: .*EADDRINUSE/)
    await expect(open()).rejects.toThrow('the app has no redirect to this machine')
  })

  it('frees the port', async () => {
    const { redirectUri, close } = await open(0)
    close()
    await expect(fetch(redirectUri)).rejects.toThrow()
  })
})
