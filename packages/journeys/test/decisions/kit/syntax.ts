/** Ways to write one selection: fields, fragments, aliases, directives. The decisions must be the same for each. */
import type { SelectedField, Shape } from './shape.ts'

/** Writes the fields of one type. `fragments` collects definitions; `isTarget` is true at the type under test. */
type GroupWriter = (group: {
  readonly type: string
  readonly text: string
  readonly isAbstract: boolean
  readonly isTarget: boolean
  readonly fragments: string[]
}) => string

/** A way to write a selection. */
export interface Syntax {
  readonly name: string
  readonly group: GroupWriter
  /** Response name of a field. */
  readonly key?: (name: string) => string
}

function plain({ type, text, isAbstract }: Parameters<GroupWriter>[0]): string {
  return isAbstract ? `... on ${type} { ${text} }` : text
}

function named({ type, text, isTarget, fragments }: Parameters<GroupWriter>[0]): string {
  const name = `${type}${fragments.length}`
  fragments.push(
    `fragment ${name}c on ${type} { ${text} }`,
    `fragment ${name}b on ${type} { ...${name}c }`,
    `fragment ${name}a on ${type} { ...${name}b }`,
  )
  return isTarget ? `...${name}a ...${name}a` : `...${name}a`
}

/** All syntaxes. */
export const syntaxes: readonly [Syntax, ...Syntax[]] = [
  { name: 'directly', group: plain },
  { name: 'by alias', group: plain, key: (name) => `a_${name}` },
  { name: 'in a fragment with its type', group: ({ type, text }) => `... on ${type} { ${text} }` },
  { name: 'in a fragment without type', group: (group) => `... { ... @include(if: true) { ${plain(group)} } }` },
  { name: 'in named fragments, three deep and twice', group: named },
]

/** The shape with the response names of this syntax. Only fields of `target` are renamed. */
export function renamed(shape: Shape, { key }: Syntax, target: string): Shape {
  if (!key) return shape
  const rename = (pick: SelectedField): SelectedField => ({ ...pick, key: key(pick.name) })
  const descend = (pick: SelectedField): SelectedField => (pick.shape ? { ...pick, shape: walk(pick.shape) } : pick)
  const walk = (inner: Shape): Shape => {
    const change = inner.type === target ? rename : descend
    const on = Object.entries(inner.on).map(([type, picks]) => [type, picks.map(change)] as const)
    return { ...inner, on: Object.fromEntries(on) }
  }
  return walk(shape)
}

/** The selection of `shape`, with the fragments that it uses. */
function written(shape: Shape, { group }: Syntax, target: string) {
  const fragments: string[] = []
  const fieldText = ({ key, name, args = '', shape: inner }: SelectedField): string => {
    const alias = key === name ? '' : `${key}: `
    return `${alias}${name}${args}${inner ? ` { ${selection(inner)} }` : ''}`
  }
  const selection = ({ type, common, on }: Shape): string => {
    const types = Object.entries(on)
    const isAbstract = !types.some(([name]) => name === type)
    const groups = types.map(([name, picks]) =>
      group({ type: name, text: picks.map(fieldText).join(' '), isAbstract, isTarget: type === target, fragments }),
    )
    return [...common.map(fieldText), ...groups].join(' ')
  }
  return { text: selection(shape), fragments }
}

/** The document that selects `shape`. `header` is the text before the braces. */
export function documentOf(shape: Shape, syntax: Syntax, { target, header }: DocumentOptions): string {
  const { text, fragments } = written(shape, syntax, target)
  return [`${header} { ${text} }`, ...fragments].join('\n')
}

/** What a document needs besides its selection. */
export interface DocumentOptions {
  /** The type under test. */
  readonly target: string
  /** Operation header, such as `mutation ($input: TrashNoteInput!)`. */
  readonly header: string
}
