/** Errors of the user pool's API, in the form of the AWS JSON protocol 1.1. */
import type { AccountReason, AccountRefusal } from '../people/account-refusal.ts'

/** A refused call. `type` is the name by which AWS's SDKs know the error. */
export class CallRefusal extends Error {
  override readonly name = 'CallRefusal'
  readonly type: string

  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

const ofReason: Readonly<Record<AccountReason, readonly [type: string, message: string]>> = {
  BUSY: ['TooManyRequestsException', 'Too many requests'],
  CREDENTIALS_WRONG: ['NotAuthorizedException', 'Incorrect username or password.'],
  ENDED: ['NotAuthorizedException', 'Invalid session for the user.'],
  LOCKED: ['NotAuthorizedException', 'Password attempts exceeded'],
  UNCONFIRMED: ['UserNotConfirmedException', 'User is not confirmed.'],
  CODE_WRONG: ['CodeMismatchException', 'Invalid verification code provided, please try again.'],
  CODE_TOO_SOON: ['LimitExceededException', 'Attempt limit exceeded, please try after some time.'],
  PASSWORD_WEAK: [
    'InvalidPasswordException',
    'Password did not conform with policy: 12 characters, lower case, upper case, number',
  ],
  EMAIL_INVALID: ['InvalidParameterException', 'UserAttributes.email: Invalid email address format.'],
  NAME_INVALID: ['InvalidParameterException', 'UserAttributes.name: use one line of 1 to 100 visible characters.'],
  USERNAME_INVALID: [
    'InvalidParameterException',
    'Username: use an e-mail address, or lower-case letters, digits and dashes.',
  ],
  USERNAME_TAKEN: ['UsernameExistsException', 'User already exists'],
  POOL_FULL: ['LimitExceededException', 'The pool is full.'],
  SIGN_UPS_WAIT: ['LimitExceededException', 'Five sign-ups with this address wait for their codes.'],
}

/** The API's error for a refused act. */
export function callRefusalOf({ reason }: AccountRefusal): CallRefusal {
  return new CallRefusal(...ofReason[reason])
}
