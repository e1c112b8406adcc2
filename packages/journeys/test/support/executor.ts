/** The executor of the journeys, from `FIELDNOTES_EXECUTOR` as `npm start` reads it. */
import { parseExecutor } from '@fieldnotes/local/parse-settings'

/** Undefined for the default. */
export const executor = parseExecutor(process.env.FIELDNOTES_EXECUTOR)
