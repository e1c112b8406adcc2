/** Calls that create accounts and confirm them. */
import { loginKey } from '../people/people.ts'
import { poolId } from '../token-contents.ts'
import { type CallParts, type Calls, clientIdOf, delivery } from './call-parts.ts'
import { CallRefusal } from './call-refusal.ts'
import { attributes, type Input, optionalText, text } from './members.ts'

function assertPool(input: Input): void {
  if (text(input, 'UserPoolId') !== poolId)
    throw new CallRefusal('ResourceNotFoundException', 'User pool does not exist.')
}

/**
 * Attributes that are not stored are refused, because silence would look like success.
 * @throws CallRefusal InvalidParameterException for one beside `name` and `email`, and for another address than `login`
 */
function assertStored(given: Input, login: string | undefined): void {
  const other = Object.keys(given).find((name) => name !== 'name' && name !== 'email')
  if (other !== undefined)
    throw new CallRefusal('InvalidParameterException', 'UserAttributes: use name and email alone.')
  if (login === undefined || given.email === undefined) return
  if (loginKey(String(given.email)) !== loginKey(login))
    throw new CallRefusal('InvalidParameterException', 'UserAttributes.email: use the address of Username.')
}

/** `SignUp`, `ConfirmSignUp`, `ResendConfirmationCode` and `AdminConfirmSignUp`. */
export function signUpCalls({ people, signUp }: CallParts): Calls {
  return {
    SignUp: {
      run: async (input) => {
        clientIdOf(input)
        const login = text(input, 'Username')
        const given = attributes(input)
        const isAddress = login.includes('@')
        assertStored(given, isAddress ? login : undefined)
        const UserSub = await signUp.signUp({
          username: isAddress ? undefined : login,
          email: isAddress ? login : text(given, 'email', 'UserAttributes.email'),
          name: optionalText(given, 'name', 'UserAttributes.name'),
          password: text(input, 'Password'),
        })
        return { UserConfirmed: false, UserSub, CodeDeliveryDetails: delivery }
      },
    },
    ConfirmSignUp: {
      run: async (input) => {
        clientIdOf(input)
        signUp.confirmByLogin(text(input, 'Username'), text(input, 'ConfirmationCode'))
        return {}
      },
    },
    ResendConfirmationCode: {
      run: async (input) => {
        clientIdOf(input)
        signUp.resend(text(input, 'Username'))
        return { CodeDeliveryDetails: delivery }
      },
    },
    AdminConfirmSignUp: {
      signed: true,
      run: async (input) => {
        assertPool(input)
        const person = people.byLogin(text(input, 'Username'))
        if (!person) throw new CallRefusal('UserNotFoundException', 'User does not exist.')
        if (person.confirmed)
          throw new CallRefusal('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED')
        signUp.confirmByAdmin(person.sub)
        return {}
      },
    },
  }
}
