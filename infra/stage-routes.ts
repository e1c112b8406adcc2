import { type Row, routes } from '@fieldnotes/core/routes'
import { sessionRoutes } from '@fieldnotes/core/session-routes'
import { stage } from './current-stage'

/** The routes of this stage: those of every stage, and those of browser sessions where it has them. */
export const stageRoutes: Readonly<Record<string, Row>> = { ...routes, ...(stage.sessions && sessionRoutes) }
