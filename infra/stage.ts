import { settingsOf } from './settings'

/** The settings of the stage that is being deployed. */
export const stage = settingsOf($app.stage, process.env)
