import { settingsOf } from './stage-settings'

/** Settings of the stage that is being deployed. */
export const stage = settingsOf($app.stage, process.env)
