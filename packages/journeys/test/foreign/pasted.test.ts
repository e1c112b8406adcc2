/** The first program of each README, pasted into an empty project that installed what the README says. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { createProject } from './kit/project.ts'
import type { Published } from './kit/published.ts'
import { root } from './kit/root.ts'
import { run } from './kit/run.ts'

interface Pasted {
  readonly name: Published
  /** Packages of this repository to install, and others. */
  readonly packages: readonly Published[]
  readonly dependencies: readonly string[]
  /** What the program prints, one JSON value a line. */
  readonly printed: readonly unknown[]
}

/** The program of `identity` is a server: `quick.test.ts` sends it requests. */
const programs: readonly Pasted[] = [
  {
    name: 'core',
    packages: ['core'],
    dependencies: [],
    printed: [
      { level: 'info', event: 'refused', code: 'BAD_USER_INPUT', status: 400 },
      { level: 'info', event: 'repaired', name: 'Zoë' },
    ],
  },
  {
    name: 'policy',
    packages: ['core', 'policy'],
    dependencies: ['graphql'],
    printed: [
      {
        data: { book: { title: 'Fields', draft: null } },
        errors: [refusal({ code: 'UNAUTHENTICATED', remedy: { kind: 'SIGN_IN' } })],
      },
      { data: { book: { title: 'Fields', draft: null } }, errors: [refusal({ code: 'FORBIDDEN' })] },
      { data: { book: { title: 'Fields', draft: 'Notes' } } },
    ],
  },
]

function refusal(extensions: { readonly code: string; readonly remedy?: { readonly kind: string } }) {
  return expect.objectContaining({ path: ['book', 'draft'], extensions })
}

describe.each(programs)('the README of $name', ({ name, packages, dependencies, printed }) => {
  it('begins with a program that compiles and prints what the README says', async () => {
    await using project = await createProject({ packages, dependencies, files: [] })
    await writeFile(join(project.folder, 'pasted.ts'), await firstProgram(name))
    await project.compile('nodenext')
    const lines = (await run(project.folder, process.execPath, 'out/pasted.js')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(printed)
  })
})

async function firstProgram(name: Published): Promise<string> {
  const tarball = inject('tarballs')[name]
  const readme = await run(root, 'tar', '--extract', '--to-stdout', '--file', tarball, 'package/README.md')
  const [, program = ''] = /^```ts\n([\s\S]*?)^```/m.exec(readme) ?? []
  return program
}
