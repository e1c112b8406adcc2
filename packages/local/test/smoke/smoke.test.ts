/** The smoke check as a process, on the laptop and on a stage whose links point to it. */
import { describe, expect, it } from 'vitest'
import { runCommand } from '../run-command.ts'
import { shellOf, useCloud } from '../stage/running-cloud.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const running = useCloud()

describe('smoke', () => {
  it('tries the cloud that runs in the data folder', async () => {
    const { url, folder } = running()
    const { status, out, err } = await runCommand('smoke/smoke.ts', ['--data', folder])
    expect([status, err]).toEqual([0, ''])
    const [first = '', , ...lines] = out.trim().split('\n')
    expect(first).toBe(`smoke check of laptop: ${url}/graphql`)
    const names = ['health', 'metadata', 'challenge', 'preflight', 'refusals', 'machine', 'note']
    expect(lines.map((line) => line.split(/ +/).slice(0, 2))).toEqual(names.map((name) => ['ok', name]))
  })

  it('tries a stage with the token of a person, and prints no token', async () => {
    const { folder, target } = running()
    const { out: token } = await runCommand('token.ts', ['--issuer', 'cognito', '--as', 'bob', '--data', folder])
    const environment = { ...shellOf(target), FIELDNOTES_TOKEN: token.trim() }
    const { status, out } = await runCommand('smoke/smoke.ts', ['--stage', 'alice'], environment)
    expect([status, out]).toEqual([0, expect.stringContaining('smoke check of alice')])
    expect(out).not.toContain(token.slice(0, 20))
  })

  it('ends with status 1, and names what failed', async () => {
    const { target } = running()
    const environment = { ...shellOf(target, { machineSecret: 'old' }), FIELDNOTES_TOKEN: 'not.a.token' }
    const { status, out, err } = await runCommand('smoke/smoke.ts', ['--stage', 'alice'], environment)
    expect([status, err]).toEqual([1, 'fieldnotes: failed: machine, note.\n'])
    expect(out).toMatch(
      /FAILED +machine +The program gets no token: invalid_client\.\nFAILED +note +writing a note returned 401/,
    )
  })

  it('skips the note at a stage where no person can sign in from here', async () => {
    const environment = { ...shellOf(running().target, { redirects: [] }), FIELDNOTES_TOKEN: '' }
    const { status, out } = await runCommand('smoke/smoke.ts', ['--stage', 'alice'], environment)
    expect([status, out]).toEqual([0, expect.stringMatching(/skipped +note .*set FIELDNOTES_TOKEN/)])
  })

  it('says that no cloud runs', async () => {
    const { status, err } = await runCommand('smoke/smoke.ts', ['--data', temporaryFolder()])
    expect([status, err]).toEqual([1, expect.stringMatching(/^fieldnotes: No cloud uses .* npm start/)])
  })

  it.each([[['--frobnicate']], [['--stage', 'alice', '--data', 'x']], [['--stage', '../x']], [['stray']]])(
    'refuses %j',
    async (words) => {
      const { status, out, err } = await runCommand('smoke/smoke.ts', words)
      expect([status, out]).toEqual([2, ''])
      expect(err).toMatch(/^fieldnotes: [^\n]+\n$/)
    },
  )
})
