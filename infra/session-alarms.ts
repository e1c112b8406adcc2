import { type Alarm, once } from './alarm'
import { namespace } from './metrics'
import { sessions } from './session'

/** Errors and throttles of one function. */
function ofFunction(
  prefix: string,
  FunctionName: $util.Input<string>,
  meanings: readonly [crash: string, full: string],
) {
  const shared = { dimensions: { FunctionName }, ...once }
  return {
    [`${prefix}Errors`]: { metric: ['AWS/Lambda', 'Errors'], ...shared, meaning: meanings[0] },
    [`${prefix}Throttles`]: { metric: ['AWS/Lambda', 'Throttles'], ...shared, meaning: meanings[1] },
  } satisfies Readonly<Record<string, Alarm>>
}

function alarmsOf({ session, entry, inform }: NonNullable<typeof sessions>): Readonly<Record<string, Alarm>> {
  return {
    ...ofFunction('Session', session.fn.name, [
      'A sign-in, a refresh or a sign-out of a browser crashed or ran out of time.',
      'A sign-in, a refresh or a sign-out of a browser had no instance.',
    ]),
    ...ofFunction('Entry', entry.fn.name, [
      'A request of a browser session crashed or ran out of time.',
      'A request of a browser session had no instance.',
    ]),
    InformErrors: {
      metric: ['AWS/Lambda', 'Errors'],
      dimensions: { FunctionName: inform.fn.name },
      // Of five passes. One alone may meet an outage of seconds.
      atLeast: 3,
      periods: 1,
      meaning: 'Providers or issuers are not informed of sign-outs: their refresh tokens go on.',
    },
    SealsBroken: {
      metric: [namespace, 'SealsBroken'],
      dimensions: {},
      ...once,
      meaning: 'A sealed token of a browser session did not open: it was changed or moved, or the key is another one.',
    },
  }
}

/** Alarms of browser sessions; none on a stage without them. */
export const sessionAlarms = sessions ? alarmsOf(sessions) : {}
