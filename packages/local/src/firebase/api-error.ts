/** Errors of the Identity Toolkit API, with the codes that the Firebase SDK knows. */

/**
 * Code → the words after it. The SDK reads the code, which ends at the first ` : `
 * (https://cloud.google.com/identity-platform/docs/reference/rest/client).
 */
const words = {
  ADMIN_ONLY_OPERATION: '',
  CREDENTIAL_TOO_OLD_LOGIN_AGAIN: 'Sign in again first.',
  DUPLICATE_LOCAL_ID: '',
  EMAIL_EXISTS: '',
  EXPIRED_OOB_CODE: '',
  CLAIMS_TOO_LARGE: '',
  FEDERATED_USER_ID_ALREADY_LINKED: '',
  FORBIDDEN_CLAIM: '',
  INSUFFICIENT_PERMISSION: '',
  INVALID_CLAIMS: '',
  INVALID_CONTINUE_URI: '',
  INVALID_EMAIL: '',
  INVALID_GRANT_TYPE: '',
  INVALID_ID_TOKEN: '',
  INVALID_IDP_RESPONSE: 'The id_token must be a JWT or strict JSON, with a sub.',
  INVALID_LOGIN_CREDENTIALS: '',
  INVALID_OOB_CODE: '',
  INVALID_REFRESH_TOKEN: '',
  INVALID_REQUEST_URI: '',
  MISSING_EMAIL: '',
  MISSING_GRANT_TYPE: '',
  MISSING_ID_TOKEN: '',
  MISSING_IDENTIFIER: '',
  MISSING_LOCAL_ID: '',
  MISSING_NEW_EMAIL: '',
  MISSING_OOB_CODE: '',
  MISSING_PASSWORD: '',
  MISSING_REFRESH_TOKEN: '',
  MISSING_REQ_TYPE: '',
  MISSING_REQUEST_URI: '',
  OPERATION_NOT_ALLOWED: 'This sign-in method or field is off.',
  QUOTA_EXCEEDED: 'The laptop keeps no more accounts.',
  TOKEN_EXPIRED: '',
  TOO_MANY_ATTEMPTS_TRY_LATER: 'Too many failed attempts, or too many people sign in at once. Try again in a minute.',
  UNAUTHORIZED_DOMAIN: 'The URL is not on this machine.',
  UNSUPPORTED_TENANT_OPERATION: '',
  USER_DISABLED: '',
  USER_NOT_FOUND: '',
  WEAK_PASSWORD: 'Password should be at least 6 characters',
} as const

/** A code that the SDK turns into `auth/…`. */
export type ErrorCode = keyof typeof words

/** Google's canonical names of HTTP statuses (https://cloud.google.com/apis/design/errors). */
const statuses = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'INVALID_ARGUMENT',
  413: 'INVALID_ARGUMENT',
  415: 'INVALID_ARGUMENT',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
} as const

/** A refusal of a request. The message never contains a value of the request. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: keyof typeof statuses
  constructor(status: keyof typeof statuses, message: string) {
    super(message)
    this.status = status
  }
}

/** The refusal with a code of the Identity Toolkit API: HTTP 400. */
export function apiError(code: ErrorCode): ApiError {
  return new ApiError(400, words[code] ? `${code} : ${words[code]}` : code)
}

/** Narrows `value`. @throws ApiError with `code` when it is undefined or empty */
export function required<T>(value: T | undefined, code: ErrorCode): T {
  if (value === undefined || value === '') throw apiError(code)
  return value
}

/** The body of the response to a refused request. */
export function errorBody({ status, message }: ApiError): object {
  const errors = [{ message, domain: 'global', reason: 'invalid' }]
  return { error: { code: status, message, errors, status: statuses[status] } }
}
