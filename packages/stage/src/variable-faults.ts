/** Variables with which no deployed function starts. */
import { environmentFaults } from '@fieldnotes/identity/environment-faults'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Faults for variables that redirect the AWS SDK, that switch libraries to development, or that switch checks of tokens
 * off.
 */
export function variableFaults(environment: Environment): readonly string[] {
  return [
    ...Object.keys(environment)
      .filter((name) => /^(DYNAMODB_ENDPOINT|AWS_ENDPOINT_URL(_.+)?)$/.test(name) && environment[name])
      .map((name) => `environment: ${name} is set`),
    ...(environment.NODE_ENV === 'production' ? [] : ['environment: NODE_ENV is not production']),
    ...environmentFaults(environment),
  ]
}
