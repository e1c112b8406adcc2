/**
 * GraphiQL's files: the page is ours, the scripts and styles come from its npm package. No file is loaded from another
 * host.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'

/** Contents of a file. */
export interface Asset {
  readonly contentType: string
  readonly body: Buffer
}

function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
}

const sources: readonly (readonly [path: string, folder: () => string, file: string])[] = [
  ...['/', '/graphiql', '/graphiql/'].map((path) => [path, () => import.meta.dirname, 'index.html'] as const),
  ['/graphiql/page.js', () => import.meta.dirname, 'page.js'],
  ['/graphiql/page.css', () => import.meta.dirname, 'page.css'],
  ['/graphiql/graphiql.min.js', () => packageFolder('graphiql'), 'graphiql.min.js'],
  ['/graphiql/graphiql.min.css', () => packageFolder('graphiql'), 'graphiql.min.css'],
  ['/graphiql/react.production.min.js', () => packageFolder('react'), 'umd/react.production.min.js'],
  ['/graphiql/react-dom.production.min.js', () => packageFolder('react-dom'), 'umd/react-dom.production.min.js'],
]

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** Reads the file for `path`; `undefined` when the table has no row for it. */
export function assetAt(path: string): Asset | undefined {
  const source = sources.find(([known]) => known === path)
  if (!source) return undefined
  const [, folder, file] = source
  return {
    contentType: contentTypes[extname(file)] ?? 'application/octet-stream',
    body: readFileSync(join(folder(), file)),
  }
}
