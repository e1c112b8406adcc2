import { type Row, routes } from '@fieldnotes/core/routes'
import { sessionRoutes } from '@fieldnotes/core/session-routes'
import { exporterRoutes } from '@fieldnotes/exporter/exporter-routes'
import { stage } from './current-stage'

const ofExporter = Object.fromEntries(exporterRoutes.map(({ path, ...row }) => [path, row]))

/** The routes of this stage: those of every stage, and those of browser sessions where it has them. */
export const stageRoutes: Readonly<Record<string, Row>> = {
  ...routes,
  ...ofExporter,
  ...(stage.sessions && sessionRoutes),
}
