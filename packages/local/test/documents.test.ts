/** The documents of the repository: what they link to and name is there. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { indexOf, readDecisions, readIndex } from '../scripts/decision-log.ts'
import { boxes, footer } from '../scripts/parts.ts'
import { drawPicture, pictureFile } from '../scripts/parts-picture.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

const documents = ['{*.md,docs/**/*.md,patches/README.md}', 'packages/*/*.md', 'packages/*/{operations,src}/**/*.md']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort()
const scripts = Object.keys(JSON.parse(read('package.json')).scripts)

/** Commands that a clean clone could not run: nothing installs what they need. */
function withoutInstallation(names: readonly string[]): readonly string[] {
  return names.filter((name) => !name.startsWith('pre') && !names.includes(`pre${name}`))
}

/** The heading's anchor, as GitHub makes it. */
function anchorsOf(file: string): readonly string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** Links to files that are not there, or to headings that a file does not have. */
function brokenLinks(file: string, text: string): readonly string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#')
      const found = path === '' ? file : normalize(join(dirname(file), path))
      if (!existsSync(join(root, found))) return true
      return anchor !== undefined && !anchorsOf(found).includes(anchor)
    })
}

/** Commands `npm run x` without a script, and paths into the repository that are not there. */
function missing(text: string): readonly string[] {
  const runs = [...text.matchAll(/\bnpm run (?:-s )?([a-z][a-z:-]*)/g)].map(([, name = '']) => name)
  const paths = [...text.matchAll(/`((?:packages|infra|docs|patches|\.ci|\.github)\/[\w./-]+)`/g)]
  return [
    ...runs.filter((name) => !scripts.includes(name)).map((name) => `npm run ${name}`),
    ...paths.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path))),
  ]
}

describe.each(documents)('%s', (file) => {
  const text = read(file)

  it('links to files and headings that are there', () => {
    expect(brokenLinks(file, text)).toEqual([])
  })

  it('names scripts and paths that are there', () => {
    expect(missing(text)).toEqual([])
  })
})

describe('a clean clone', () => {
  it('has everything installed by each command', () => {
    expect(withoutInstallation(scripts)).toEqual([])
    expect(withoutInstallation(scripts.filter((name) => name !== 'preformat'))).toEqual(['format'])
  })

  it('is installed by the page that runs vitest with npx', () => {
    const pages = documents.filter((file) => read(file).includes('npx vitest'))
    expect(pages.length).toBeGreaterThan(2)
    expect(pages.filter((file) => !read(file).includes('npm run -s pretest'))).toEqual([])
  })
})

describe('the check of documents', () => {
  it('finds what is not there', () => {
    expect(brokenLinks('README.md', '[a](docs/none.md) [b](README.md#none) [c](#none) [d](docs/README.md)')).toEqual([
      'docs/none.md',
      'README.md#none',
      '#none',
    ])
    expect(missing('`npm run none`, `npm run -s words`, `packages/none/x.ts`, `infra/table.ts`')).toEqual([
      'npm run none',
      'packages/none/x.ts',
    ])
  })
})

describe('lengths', () => {
  it.each([
    ['README.md', 120],
    ['docs/deploy.md', 150],
    ['docs/operate.md', 150],
  ])('%s has at most %i lines', (file, most) => {
    expect(read(file).split('\n').length).toBeLessThanOrEqual(most)
  })
})

describe('docs/README.md', () => {
  it.each(['newcomer', 'field author', 'client author', 'operator', 'security reviewer'])(
    'leads a reader to one page: %s',
    (reader) => {
      const rows = read('docs/README.md').match(new RegExp(`^\\| an? ${reader}: .*$`, 'gm')) ?? []
      expect(rows.map((row) => row.match(/\]\(/g)?.length)).toEqual([1])
    },
  )

  it('leads to every page of docs', () => {
    const pages = globSync('docs/*.md', { cwd: root }).filter((page) => page !== 'docs/README.md')
    const index = read('docs/README.md')
    expect(pages.filter((page) => !index.includes(`(${page.replace('docs/', '')})`))).toEqual([])
  })
})

describe('the decision log', () => {
  const decisions = readDecisions()

  it('is listed in full; `npm run decisions` writes the list', () => {
    expect(readIndex()).toBe(indexOf(decisions, readIndex()))
  })

  it('has pages of one form: a number of their own, a title, a date, at most 25 lines', () => {
    const numbers = decisions.map(({ file }) => file.slice(0, 4))
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([])
    const odd = decisions.filter(
      ({ file, title, date, lines }) => !/^\d{4}-[a-z0-9-]+\.md$/.test(file) || !title || !date || lines > 25,
    )
    expect(odd.map(({ file }) => file)).toEqual([])
  })
})

describe('the picture', () => {
  it('is drawn from its table by `npm run picture`', () => {
    expect(readFileSync(pictureFile, 'utf8')).toBe(drawPicture())
  })

  it('shows every package', () => {
    const shown = new Set([...boxes.flatMap(({ packages = [] }) => packages), ...footer.packages])
    expect([...shown].sort()).toEqual(
      globSync('packages/*/package.json', { cwd: root })
        .map((path) => dirname(path).slice(9))
        .sort(),
    )
  })
})

describe('pins', () => {
  it('of patched libraries are known to Renovate, which never merges them by itself', () => {
    const { automerge, packageRules } = JSON.parse(read('renovate.json'))
    const patched = [...read('pnpm-workspace.yaml').matchAll(/^ {2}"?(.+?)@[\d.]+"?: patches\//gm)].map(
      ([, name]) => name,
    )
    expect(automerge).toBe(false)
    expect(packageRules.at(-1)).toMatchObject({ groupName: 'patched libraries', automerge: false })
    expect(packageRules.at(-1).matchPackageNames.toSorted()).toEqual(patched.toSorted())
    expect(patched).toHaveLength(globSync('patches/*.patch', { cwd: root }).length)
  })

  it('of Node.js are one version', () => {
    const version = read('.node-version').trim()
    expect(read('pnpm-workspace.yaml')).toContain(`\n  node: ${version}\n`)
    expect(read('pnpm-workspace.yaml')).toContain(`\nnodeVersion: ${version}\n`)
    expect(read('.github/workflows/ci.yml')).toContain(`container: node:${version}-`)
  })
})

describe('the workflow', () => {
  it('runs what a maintainer runs', () => {
    expect(read('.github/workflows/ci.yml')).toMatch(/^ +- run: \.ci\/run$/m)
  })
})
