import { type Alarm, once } from './alarm'
import { issuer } from './issuer'
import { issuerGateway } from './issuer-gateway'
import { namespace } from './metrics'

const ofIssuer = { FunctionName: issuer.name }

/** Alarms of our own issuer. */
export const issuerAlarms: Readonly<Record<string, Alarm>> = {
  IssuerErrors: {
    metric: ['AWS/Lambda', 'Errors'],
    dimensions: ofIssuer,
    ...once,
    meaning: 'The issuer crashed or ran out of time: no token was given.',
  },
  IssuerThrottles: {
    metric: ['AWS/Lambda', 'Throttles'],
    dimensions: ofIssuer,
    ...once,
    meaning: 'The issuer had no instance. It has no reserve of its own.',
  },
  IssuerServerErrors: {
    metric: ['AWS/ApiGateway', '5xx'],
    dimensions: { ApiId: issuerGateway.nodes.api.id },
    atLeast: 5,
    periods: 1,
    meaning: 'The issuer answers 5xx.',
  },
  IssuerFailures: {
    metric: [namespace, 'IssuerFailures'],
    dimensions: {},
    ...once,
    meaning: 'A request to the issuer failed: a bug, or KMS, the table or keys are out of reach.',
  },
  ClientsRefused: {
    metric: [namespace, 'TokenRefusals'],
    dimensions: { code: 'invalid_client' },
    atLeast: 100,
    periods: 1,
    meaning: 'Many wrong credentials of clients: a client has an old secret, or someone guesses.',
  },
}
