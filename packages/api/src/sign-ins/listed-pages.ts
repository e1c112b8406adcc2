/** Pages of a person's short lists, which are read whole: sessions and connected apps. */
import { Problems } from '../errors/bad-input.ts'
import { type PageArguments, parsePageArguments } from '../notes/page-arguments.ts'
import type { Entry, Page } from '../notes/pages.ts'
import type { SignInScope } from './sign-in-scope.ts'

/** A list of the caller, and how it is sorted. */
export interface List<Node> {
  /** Name of the list: its cursors are valid for no other. */
  readonly name: string
  readonly nodes: readonly Node[]
  /** Text that sorts the list, the greatest first. It differs between any two nodes. */
  readonly positionOf: (node: Node) => string
}

/** A page of the list. @throws BAD_USER_INPUT */
export function pageOfList<Node>(
  { caller, cursors }: Pick<SignInScope, 'caller' | 'cursors'>,
  { name, nodes, positionOf }: List<Node>,
  args: PageArguments,
): Page<Node> {
  const signedFor = `${caller.id} ${name}`
  const open = (cursor: string) => cursors.open(signedFor, cursor)
  const seal = (position: string) => cursors.seal(signedFor, position)
  const { size, backward, from } = parsePageArguments(args, { open, problems: new Problems() })
  const all = nodes.map((node): Entry<Node> => ({ node, position: positionOf(node), seal }))
  const ordered = all.sort((a, b) => (a.position < b.position === backward ? -1 : 1))
  const isBeyond = ({ position }: Entry<Node>) => from === undefined || (backward ? position > from : position < from)
  const found = ordered.filter(isBeyond)
  const entries = found.slice(0, size)
  const [more, behind] = [found.length > size, from !== undefined]
  return backward
    ? { entries: entries.reverse(), hasPreviousPage: more, hasNextPage: behind }
    : { entries, hasNextPage: more, hasPreviousPage: behind }
}

/** Sorts by an instant in seconds since the epoch. The id orders the nodes of one second. */
export function positionAt(seconds: number, id: string): string {
  return `${String(seconds).padStart(10, '0')}#${id}`
}
