/** Programs of Debian that drive the local user pool. */

/** The AWS CLI of the package `awscli`. */
export const awsPath = '/usr/bin/aws'

/** The interpreter for which Debian installs `python3-authlib`. */
export const pythonPath = '/usr/bin/python3'

/** curl, whose `--aws-sigv4` signs a request. */
export const curlPath = '/usr/bin/curl'
