/** All attacks on a bearer token. */
import { shapes } from '../kit/mint.ts'
import type { Attack, ShapeName } from './attack.ts'
import { audienceAttacks } from './audience-attacks.ts'
import { callerAttacks } from './caller-attacks.ts'
import { headerAttacks } from './header-attacks.ts'
import { issuerAttacks } from './issuer-attacks.ts'
import { signatureAttacks } from './signature-attacks.ts'
import { timeAttacks } from './time-attacks.ts'
import { transport } from './transport-attacks.ts'

/** Attacks by what is wrong with the token. */
export const table = {
  'transport and form': transport,
  header: headerAttacks,
  signature: signatureAttacks,
  issuer: issuerAttacks,
  'audience and client': audienceAttacks,
  time: timeAttacks,
  caller: callerAttacks,
} as const satisfies Record<string, readonly Attack[]>

/** Every attack on every shape that it applies to. */
export const refusals = Object.entries(table).flatMap(([section, attacks]) =>
  attacks.flatMap(([what, expected, headers]) =>
    (Object.keys(shapes) as ShapeName[]).flatMap((name) => {
      const reason = typeof expected === 'string' ? expected : expected[name]
      return reason === undefined ? [] : [{ section, name, what, reason, headers: () => headers(shapes[name], name) }]
    }),
  ),
)
