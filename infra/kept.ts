import { stage } from './current-stage'

/** Resources that the next deployment may replace or delete, such as `UsersUserPool`: docs/restore.md, "Replace". */
const unprotected: readonly string[] = []

/**
 * Options of the resource of this name, which must outlive mistakes in production. Retained: it stays in AWS when its
 * definition goes. Protected: a deployment that would replace it fails. Retention alone permits a replacement, which
 * leaves the old resource behind and puts an empty one in its place (Pulumi, "retainOnDelete" and "protect").
 */
export function kept(name: string) {
  return { retainOnDelete: stage.keep, protect: stage.keep && !unprotected.includes(name) }
}
