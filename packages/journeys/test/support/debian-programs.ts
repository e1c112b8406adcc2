/** Programs of Debian that call the local cloud, and what they run with. */

/** The AWS CLI of the package `awscli`. */
export const awsPath = '/usr/bin/aws'

/** The interpreter for which Debian installs `python3-authlib`. */
export const pythonPath = '/usr/bin/python3'

/** A machine whose configuration of AWS is this alone. */
export const programEnvironment: Readonly<Record<string, string>> = {
  PATH: '/usr/bin:/bin',
  HOME: '/nonexistent',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  PYTHONDONTWRITEBYTECODE: '1',
}

/** curl, whose `--aws-sigv4` signs a request. */
export const curlPath = '/usr/bin/curl'
