/** DynamoDB Local in Docker, with a stand-in for Docker's client. */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { hasDatabase, type Machine } from '../../src/database.ts'
import { ensureTable } from '../../src/ensure-table.ts'
import { UsageError } from '../../src/usage-error.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { embedded, start, startInProcess, tableAt, tables, untilGone, useLocalCredentials } from './databases.ts'

useLocalCredentials()

/** A stand-in for Docker's client: it runs the program at the published port, in the mounted folder. */
const docker = `#!/bin/sh
case "$1" in
version) exit $DAEMON ;;
image) exit 1 ;;
pull) echo "$2" >"$PULLED"; exit $PULL ;;
esac
echo "$@" >"$PULLED.run"
[ "$RUN" = 0 ] || exit "$RUN"
while [ $# -gt 0 ]; do
  case "$1" in
  --publish) port=\${2#127.0.0.1:}; port=\${port%:8000} ;;
  --volume) folder=\${2%:/data} ;;
  -c) script=$2 ;;
  esac
  shift
done
exec sh -c "$script" sh '${embedded}' serve --host 127.0.0.1 --port "$port" \${folder:+--db-path "$folder/db"}
`

describe('on a platform without the embedded DynamoDB', () => {
  const elsewhere: Machine = { embedded: undefined, setpriv: '/usr/bin/absent' }

  function installDocker({ isUp = true, canPull = true, runs = true } = {}) {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
    vi.stubEnv('DAEMON', isUp ? '0' : '1')
    vi.stubEnv('PULL', canPull ? '0' : '1')
    vi.stubEnv('RUN', runs ? '0' : '125')
    vi.stubEnv('PULLED', join(folder, 'pulled'))
    return {
      image: () => readFileSync(join(folder, 'pulled'), 'utf8').trim(),
      line: () => readFileSync(join(folder, 'pulled.run'), 'utf8'),
    }
  }

  it('downloads DynamoDB Local, runs it in Docker, and keeps its tables in the data folder', async () => {
    const { image, line } = installDocker()
    const file = join(temporaryFolder(), 'notes.db')
    const first = await start(file, elsewhere)
    const stored = join(dirname(file), 'dynamodb-local')
    expect(first.files).toEqual([stored, join(stored, 'shared-local-instance.db')])
    expect(image()).toMatch(/^amazon\/dynamodb-local:\d+\.\d+\.\d+$/)
    expect(line()).toContain(`--entrypoint sh ${image()} -c`)
    expect(line()).toContain('java -jar DynamoDBLocal.jar -sharedDb -dbPath /data')
    await ensureTable(tableAt(first.endpoint), 'notes')
    await first.stop()
    await untilGone(first.endpoint)
    expect(hasDatabase(dirname(file))).toBe(true)
    expect(await tables((await start(file, elsewhere)).endpoint)).toEqual(['fieldnotes'])
  })

  it('mounts a folder by its whole path', async () => {
    const { line } = installDocker()
    const file = relative(process.cwd(), join(temporaryFolder(), 'notes.db'))
    await start(file, elsewhere)
    expect(line()).toContain(`--volume ${resolve(dirname(file), 'dynamodb-local')}:/data `)
  })

  it('says with what status the client ended', async () => {
    installDocker({ runs: false })
    await expect(start(undefined, elsewhere)).rejects.toThrow(
      'The DynamoDB Local in Docker did not start: it ended with 125',
    )
  })

  it('stores nothing without a file', async () => {
    const { line } = installDocker()
    await start(undefined, elsewhere)
    expect(line()).toContain('-inMemory')
    expect(line()).not.toContain('--volume')
  })

  it('ends the container with a process that was killed by kill -9', async () => {
    installDocker()
    const { parent, endpoint } = await startInProcess(join(temporaryFolder(), 'notes.db'), elsewhere)
    parent.kill('SIGKILL')
    await untilGone(endpoint)
  })

  const refusals: readonly [what: string, install: () => unknown, words: RegExp][] = [
    ['no client', () => vi.stubEnv('PATH', temporaryFolder()), /Docker does not answer\. Either start Docker/],
    ['a daemon that is down', () => installDocker({ isUp: false }), /Docker does not answer\. Either start Docker/],
    [
      'a download that fails',
      () => installDocker({ canPull: false }),
      /Docker can't download (amazon\/\S+)\. Either make `docker pull \1` succeed/,
    ],
  ]

  it.each(refusals)('says the two ways out in one line with %s', async (_what, install, words) => {
    install()
    const refusal = start(undefined, elsewhere)
    await expect(refusal).rejects.toThrow(words)
    await expect(refusal).rejects.toThrow(/^[^\n]*, or set DYNAMODB_ENDPOINT to another DynamoDB\.$/)
    await expect(refusal).rejects.toThrow(UsageError)
  })
})
