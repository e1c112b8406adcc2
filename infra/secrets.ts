/**
 * Keys that sign cursors, newest first, separated by commas; each at least 32 bytes after trimming. A deployment fails
 * without them.
 */
export const cursorSecrets = new sst.Secret('CursorSecrets')

/**
 * JSON of the service account for Firebase's online checks (revoked and disabled accounts). Empty: no online checks.
 */
export const firebaseServiceAccount = new sst.Secret('FirebaseServiceAccount', '')
