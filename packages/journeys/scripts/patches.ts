/** The patches that pnpm applies: in `pnpm-workspace.yaml`, and in the table of `patches/README.md`. */

/** A row of the table: a patched library, the change, and what it buys. */
export interface Patch {
  readonly libraries: readonly string[]
  readonly change: string
  readonly buys: string
}

const block = /^patchedDependencies:\n((?: {2}.*\n)+)/m

/**
 * The workspace file without any patch.
 * @throws Error when it has none: there would be nothing to prove
 */
export function withoutPatches(workspace: string): string {
  if (!block.test(workspace)) throw new Error('pnpm-workspace.yaml has no patchedDependencies')
  return workspace.replace(block, '')
}

/** Names of the patched libraries in the workspace file, without their versions. */
export function patchedLibraries(workspace: string): readonly string[] {
  const rows = block.exec(workspace)?.[1] ?? ''
  return [...rows.matchAll(/^ {2}"?(@?[^@"\s]+)@/gm)].map(([, name = '']) => name)
}

/** The table of `patches/README.md`. */
export function patchTable(readme: string): readonly Patch[] {
  return [...readme.matchAll(/^\| (`.*?) \|(.*?)\|(.*?)\|$/gm)].map(([, names = '', change = '', buys = '']) => ({
    libraries: [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    change: change.trim(),
    buys: buys.trim(),
  }))
}
