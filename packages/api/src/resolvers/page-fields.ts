/** Fields of a connection (GraphQL Cursor Connections), of whatever objects. */
import type { PageInfo } from '../generated/types.ts'
import type { Entry, Page } from '../notes/pages.ts'

function pageInfo({ entries, hasNextPage, hasPreviousPage }: Page<unknown>): PageInfo {
  const [first, last] = [entries[0], entries.at(-1)]
  const startCursor = first?.seal(first.position) ?? null
  return { hasNextPage, hasPreviousPage, startCursor, endCursor: last?.seal(last.position) ?? null }
}

/** The resolvers of a connection. */
export function connection<Node>() {
  return {
    edges: ({ entries }: Page<Node>): Entry<Node>[] => [...entries],
    nodes: ({ entries }: Page<Node>): Node[] => entries.map(({ node }) => node),
    pageInfo,
  }
}
