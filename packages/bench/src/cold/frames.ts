/** Maps functions of a profile to their source, by the source maps that SST's build writes beside the chunks. */
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'

/** A function as V8 identifies it. */
export interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
  readonly columnNumber: number
}

/**
 * `packages/…`, `library/…` or `node:…`; the chunk for code outside functions; V8's name, such as `(garbage
 * collector)`, for what has no file.
 */
export type SourceLocation = string

function shortened(file: string): SourceLocation {
  return file.replace(/.*\/node_modules\//, '').replace(/.*\/(?=packages\/)/, '')
}

function mapOf(chunk: string): SourceMap | undefined {
  const file = `${fileURLToPath(chunk)}.map`
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** Creates a mapper that reads each source map once. */
export function createLocator(): (frame: CallFrame) => SourceLocation {
  const maps = new Map<string, SourceMap | undefined>()
  return ({ functionName, url, lineNumber, columnNumber }) => {
    if (!url.startsWith('file:')) return url || functionName
    if (!maps.has(url)) maps.set(url, mapOf(url))
    const origin = maps.get(url)?.findEntry(lineNumber, columnNumber)
    return shortened(origin && 'originalSource' in origin ? origin.originalSource : url)
  }
}

/** `packages/api`, `graphql`, `node`, or V8's name for what has no file. */
export function libraryOf(location: SourceLocation): string {
  if (location.startsWith('node:')) return 'node'
  if (location.startsWith('file:')) return 'modules, the lines outside any function'
  return /^(?:packages\/[^/]+|@[^/]+\/[^/]+|[^/]+)/.exec(location)?.[0] ?? location
}
