import { assertOfFile } from './setting-names'
import { settingsFile } from './settings-file'
import { assertLive, kindOf } from './stage-kind'
import { settingsOf } from './stage-settings'

if ($dev) assertLive($app.stage)
if (kindOf($app.stage).keep) assertOfFile(process.env, settingsFile())

/** Settings of the stage that is being deployed. */
export const stage = settingsOf($app.stage, process.env)
