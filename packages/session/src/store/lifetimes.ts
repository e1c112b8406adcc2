/** Lifetimes of sessions, in seconds. */

/** Without a refresh of its tokens a session ends after 8 hours. */
export const idleSeconds: number = 8 * 3600

/** A session ends 14 days after the sign-in, whatever happens: earlier than Cognito's refresh token, after 30. */
export const absoluteSeconds: number = 14 * 24 * 3600

/** An access token is refreshed in the last minute of its life, while other requests still use it. */
export const dueSeconds = 60

/**
 * How long one process alone may refresh. After a crash another process refreshes with the same token: no holder of
 * sessions rotates it.
 */
export const lockSeconds = 5
