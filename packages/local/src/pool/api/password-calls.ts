/** Calls of a forgotten password. */
import { type CallParts, type Calls, clientIdOf, delivery } from './call-parts.ts'
import { text } from './members.ts'

/** `ForgotPassword` and `ConfirmForgotPassword`. */
export function passwordCalls({ forgotten }: CallParts): Calls {
  return {
    ForgotPassword: {
      run: async (input) => {
        clientIdOf(input)
        forgotten.sendCode(text(input, 'Username'))
        return { CodeDeliveryDetails: delivery }
      },
    },
    ConfirmForgotPassword: {
      run: async (input) => {
        clientIdOf(input)
        const [login, code] = [text(input, 'Username'), text(input, 'ConfirmationCode')]
        await forgotten.reset(login, code, text(input, 'Password'))
        return {}
      },
    },
  }
}
