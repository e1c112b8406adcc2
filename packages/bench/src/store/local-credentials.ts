/** A DynamoDB on this machine asks for credentials and takes any. Who named some means them. */
export const useLocalCredentials = (): void => {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
}
