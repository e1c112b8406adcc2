/** Every example that a stranger reads: in the comments of the exports, in the READMEs, and in `examples/`. */
import { globSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DocumentedExport, documentedExports } from './kit/doc-examples.ts'
import { identityHosts } from './kit/identity-hosts.ts'
import { policyHosts, shieldHost } from './kit/policy-hosts.ts'
import { createProject, type Project, type Resolution } from './kit/project.ts'
import { published } from './kit/published.ts'
import { root } from './kit/root.ts'

/** Examples that no server of the matrix runs. */
const identityPrograms = [
  'issuers.ts',
  'revocation.ts',
  'group-policies.ts',
  'introspection.ts',
  'bound-tokens.ts',
].map((file) => `packages/identity/examples/${file}`)
const programs = ['packages/core/examples/title.ts', 'packages/policy/examples/proofs.ts', ...identityPrograms]

let project: Project
beforeAll(async () => {
  project = await createProject({ packages: published, dependencies: ['graphql'], files: programs })
})
afterAll(() => project?.[Symbol.asyncDispose]())

function exportsOf(name: string): readonly DocumentedExport[] {
  return documentedExports(join(project.folder, 'node_modules/@fieldnotes', name))
}

describe('the exports of the installed packages', () => {
  it.each(published)('have an example each: %s', (name) => {
    const found = exportsOf(name)
    expect(found.length).toBeGreaterThan(5)
    expect(found.filter(({ examples }) => examples.length === 0).map((each) => each.name)).toEqual([])
  })

  it.each(published)('are modules that the README of %s names', (name) => {
    const readme = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
    const modules = exportsOf(name).map((each) => each.name.split(' ')[0]?.split('/')[2])
    expect([...new Set(modules)].filter((module) => !new RegExp(`[\`/]${module}[\`']`).test(readme))).toEqual([])
  })

  it.each<Resolution>(['nodenext', 'bundler'])('have examples that compile under %s', async (resolution) => {
    const examples = published
      .flatMap(exportsOf)
      .flatMap((each) => each.examples.map((text) => [each.name, text] as const))
    for (const [index, [name, text]] of examples.entries())
      await writeFile(join(project.folder, `example-${index}.ts`), `// ${name}\n${text}export {}\n`)
    await project.compile(resolution)
  })

  it('would not compile with an export that is not there', async () => {
    const file = join(project.folder, 'wrong.ts')
    await writeFile(
      file,
      "import { refuseLarger } from '@fieldnotes/policy/document-limits'\nrefuseLarger('depth', 1)\n",
    )
    await expect(project.compile('nodenext')).rejects.toThrow("no exported member 'refuseLarger'")
    await writeFile(file, 'export {}\n')
  })
})

describe('the programs of the packages', () => {
  it.each(published)('are shown by the README of %s word for word, and it shows no other', (name) => {
    const folder = join(root, 'packages', name)
    const examples = globSync('examples/*.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'))
    const shown = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.map(([, text = '']) => text).filter((text) => !examples.includes(text))).toEqual([])
  })

  it('are all compiled: by the matrix, or here', () => {
    const hosts = [...policyHosts, shieldHost, ...identityHosts]
    const compiled = [...programs, ...hosts.flatMap(({ example, others = [] }) => [example, ...others])]
    const examples = globSync('packages/{core,identity,policy}/examples/*.ts', { cwd: root })
    expect(examples.filter((file) => !compiled.includes(file))).toEqual([])
  })
})
