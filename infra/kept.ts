import { stage } from './current-stage'

/**
 * Options of a resource that must outlive mistakes in production. Retained: it stays in AWS when its definition goes.
 * Protected: a deployment that would replace it fails. Retention alone permits a replacement, which leaves the old
 * resource behind and puts an empty one in its place (Pulumi, "retainOnDelete" and "protect").
 */
export const kept = { retainOnDelete: stage.keep, protect: stage.keep }
