import { stage } from './current-stage'

/**
 * Adds alarms, dashboard and budget to a stage that has them. Their metrics exist with them alone.
 * @returns the outputs of the deployment about them
 */
export async function addMonitoring() {
  await import('./budget')
  if (!stage.alarms) return {}
  await import('./alarms')
  const { dashboard } = await import('./dashboard')
  return { dashboard: dashboard.dashboardName }
}
