/** What a registry would serve: no source, no workspace version, nothing that publint or attw reports. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, inject, it } from 'vitest'
import { brokenLinks } from './kit/broken-links.ts'
import { published } from './kit/published.ts'
import { root } from './kit/root.ts'
import { run } from './kit/run.ts'

const attw = join(root, 'packages/journeys/node_modules/.bin/attw')

describe.each(published)('the tarball of %s', (name) => {
  const tarball = inject('tarballs')[name]
  const read = async (file: string) =>
    run(root, 'tar', '--extract', '--to-stdout', '--file', tarball, `package/${file}`)

  const list = async () =>
    (await run(root, 'tar', '--list', '--file', tarball)).trim().replaceAll('package/', '').split('\n')

  it('has built files, examples, README, CHANGELOG and LICENSE, and no sources', async () => {
    const files = await list()
    const others = files.filter((file) => !/^(dist\/.+\.(js|d\.ts)|examples\/.+\.ts)$/.test(file)).sort()
    expect(others).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'])
    expect(files.length).toBeGreaterThan(others.length)
  })

  it('links in its README and CHANGELOG to packed files and to headings, and to nothing else of the repository', async () => {
    const files = await list()
    for (const document of ['README.md', 'CHANGELOG.md']) {
      expect(brokenLinks(await read(document), files), document).toEqual([])
    }
  })

  it('shows a program of at most 15 lines first', async () => {
    const [, program = ''] = /^```ts\n([\s\S]*?)^```/m.exec(await read('README.md')) ?? []
    const lines = program.split('\n').filter((line) => line.trim() !== '')
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThanOrEqual(15)
  })

  it('has a manifest that npm understands', async () => {
    const manifest = await read('package.json')
    const { type, sideEffects, engines, exports, private: isPrivate } = JSON.parse(manifest)
    expect({ type, sideEffects, engines, isPrivate }).toEqual({
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20' },
      isPrivate: undefined,
    })
    expect(manifest).not.toMatch(/workspace:|catalog:|\.\/src\//)
    for (const [path, target] of Object.entries(exports)) {
      if (path !== './package.json') expect(Object.keys(target as object)).toEqual(['types', 'default'])
    }
  })

  it('has a CHANGELOG with its version', async () => {
    const { version } = JSON.parse(await read('package.json'))
    expect(await read('CHANGELOG.md')).toContain(`\n## ${version}`)
  })

  it('passes publint', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: (await readFile(tarball)).buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('passes attw: each export has types and an ES module under node16 and bundler', async () => {
    await run(root, attw, '--profile', 'esm-only', tarball)
  })
})

describe('the check of links', () => {
  it('finds a file that is not packed and a heading that is not there', () => {
    const text =
      '## Set up\n[a](dist/a.js) [b](../b.md) [c](docs/c.md) [d](#set-up) [e](#none) [f](https://example.com/)'
    expect(brokenLinks(text, ['dist/a.js'])).toEqual(['../b.md', 'docs/c.md', '#none'])
  })
})
