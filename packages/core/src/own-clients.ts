/** OAuth clients of our own issuer that are part of the product. Every other client is a third party. */

/**
 * `firebase-session`: browser sessions of people of Firebase. `terminal`: the command line. A client that is listed
 * here may manage accounts.
 */
export const firstPartyClientIds: readonly string[] = ['firebase-session', 'terminal']
