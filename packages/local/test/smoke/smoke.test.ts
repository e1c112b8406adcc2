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

  it.each(['\r', '\n', '\r\n', ' ', '\t'])('prints no part of a token that a terminal wrapped by %j', async (wrap) => {
    const { folder, target } = running()
    const { out: token } = await runCommand('token.ts', ['--issuer', 'cognito', '--as', 'bob', '--data', folder])
    const wrapped = `${token.slice(0, 400)}${wrap}${token.trim().slice(400)}`
    for (const [words, environment] of [
      [['--data', folder], {}],
      [['--stage', 'alice'], shellOf(target)],
    ] as const) {
      const { status, out, err } = await runCommand('smoke/smoke.ts', [...words], {
        ...environment,
        FIELDNOTES_TOKEN: wrapped,
      })
      expect([status, out]).toEqual([2, ''])
      expect(err).toMatch(/^fieldnotes: FIELDNOTES_TOKEN is no access token[^\n]*\n$/)
      expect(err).not.toContain('eyJ')
    }
  })

  it.each([
    ['has expired', (folder: string) => ['--expires-in=-60', '--data', folder]],
    ['is not of an issuer of laptop', () => ['--data', temporaryFolder()]],
  ])('does not send a token that %s, says so, and gets another', async (fault, words) => {
    const { folder } = running()
    const { out: token } = await runCommand('token.ts', ['--issuer', 'cognito', '--as', 'bob', ...words(folder)])
    const environment = { FIELDNOTES_TOKEN: token.trim() }
    const { status, out, err } = await runCommand('smoke/smoke.ts', ['--data', folder], environment)
    expect([status, err]).toEqual([0, `FIELDNOTES_TOKEN ${fault}: it is not sent.\n`])
    expect(out).toMatch(/^ok +note /m)
  })

  it('fails where the token is of no use and no person can sign in from here', async () => {
    const { folder, target } = running()
    const words = ['--issuer', 'cognito', '--as', 'bob', '--expires-in=-60', '--data', folder]
    const { out: token } = await runCommand('token.ts', words)
    const environment = { ...shellOf(target, { redirects: [] }), FIELDNOTES_TOKEN: token.trim() }
    const { status, out } = await runCommand('smoke/smoke.ts', ['--stage', 'alice'], environment)
    expect([status, out]).toEqual([
      1,
      expect.stringMatching(/FAILED +note +FIELDNOTES_TOKEN has expired, and no sign-in/),
    ])
  })

  it('says that it compares no deployment inside of the shell of a stage, unless that is left out', async () => {
    const environment = shellOf(running().target, { redirects: [] })
    const { out } = await runCommand('smoke/smoke.ts', ['--stage', 'alice'], environment)
    expect(out).toMatch(/^skipped +deployment +not compared inside of sst shell\n/)
    const { out: rest } = await runCommand('smoke/smoke.ts', ['--stage', 'alice', '--not-compared'], environment)
    expect(rest).toMatch(/^smoke check of alice/)
  })

  it('expects the refusals of the gateway at a stage that has them', async () => {
    const denying = { ...shellOf(running().target, { redirects: [] }), SST_RESOURCE_Notes: '{"gateDenies":"on"}' }
    const { status, out } = await runCommand('smoke/smoke.ts', ['--stage', 'alice'], denying)
    expect([status, out]).toEqual([1, expect.stringMatching(/FAILED +challenge +a bad token returned 401/)])
  })

  it('ends with status 1, and names what failed', async () => {
    const { folder, target } = running()
    const { out: token } = await runCommand('token.ts', ['--issuer', 'cognito', '--as', 'bob', '--data', folder])
    const forged = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`
    const environment = { ...shellOf(target, { machineSecret: 'old' }), FIELDNOTES_TOKEN: forged }
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

  it.each([
    [['--frobnicate']],
    [['--stage', 'alice', '--data', 'x']],
    [['--stage', '../x']],
    [['stray']],
    [['eyJhbGciOiJSUzI1NiJ9']],
  ])('refuses %j', async (words) => {
    const { status, out, err } = await runCommand('smoke/smoke.ts', words)
    expect([status, out]).toEqual([2, ''])
    expect(err).toMatch(/^fieldnotes: [^\n]+\n$/)
    expect(err).not.toContain('eyJ')
  })
})
