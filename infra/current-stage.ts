import { assertLive, settingsOf } from './stage-settings'

if ($dev) assertLive($app.stage)

/** Settings of the stage that is being deployed. */
export const stage = settingsOf($app.stage, process.env)
