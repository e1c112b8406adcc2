import { createHash } from 'node:crypto'
import { scopeOwner, scopes } from '@fieldnotes/core/scopes'
import { stage } from './current-stage'
import { kept } from './kept'
import { preToken } from './pre-token'

/**
 * Domain prefixes are shared by all accounts of a region, so ours depends on the account. Six digits of a hash fit tens
 * of thousands of account numbers, so the public address does not reveal ours.
 */
const prefix = aws.getCallerIdentityOutput().accountId.apply((account) => {
  const digest = createHash('sha256').update(`${$app.name}/${$app.stage}/${account}`).digest('hex')
  return `${$app.name}-${$app.stage}-${digest.slice(0, 6)}`
})

/**
 * Passkeys beside passwords (AWS, "Authentication flows", passkey sign-in). A passkey belongs to the domain of the
 * sign-in pages. Only a device that verifies its user may sign in: a found key must not be enough.
 */
const passkeys = {
  signInPolicy: { allowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
  webAuthnConfiguration: {
    relyingPartyId: $interpolate`${prefix}.auth.${stage.region}.amazoncognito.com`,
    userVerification: 'required',
  },
}

/** Accounts of people who sign up with e-mail address and password, or through a provider of `providers.ts`. */
export const userPool = new sst.aws.CognitoUserPool('Users', {
  usernames: ['email'],
  // A person adds an authenticator app in the web app, whose tokens may have the scope for it. It is required of no
  // one.
  mfa: 'optional',
  softwareToken: true,
  domain: { prefix },
  verify: {
    emailSubject: 'Your Fieldnotes code',
    emailMessage: 'Your Fieldnotes code is {####}. Do not share it: Fieldnotes never needs it from you.',
  },
  triggers: { preTokenGeneration: preToken, preTokenGenerationVersion: 'v2' },
  transform: {
    userPool: (args, options, name) => {
      args.userPoolTier = 'ESSENTIALS'
      args.deletionProtection = stage.keep ? 'ACTIVE' : 'INACTIVE'
      args.passwordPolicy = passwordPolicy
      if (stage.passkeys) Object.assign(args, passkeys)
      // Recovery by e-mail only: a person who takes over a telephone number must not take over the account.
      args.accountRecoverySetting = { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] }
      // A changed address takes effect once it is verified.
      args.userAttributeUpdateSettings = { attributesRequireVerificationBeforeUpdates: ['email'] }
      // SST's `removal: 'retain'` does not cover user pools.
      Object.assign(options, kept(name))
    },
    domain: (args, options, name) => {
      // The prefix is the address of the sign-in pages, and in each provider's settings.
      Object.assign(options, kept(name))
      // Written in both cases, because the default may change. Version 1, the classic pages, offers no passkeys;
      // version 2 shows nothing to a client without a style.
      args.managedLoginVersion = stage.passkeys ? 2 : 1
    },
  },
})

const passwordPolicy = {
  minimumLength: 12,
  passwordHistorySize: 5,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: false,
  requireUppercase: true,
  temporaryPasswordValidityDays: 1,
}

/** Our scopes, written `notes/read` in Cognito's tokens. */
export const resourceServer = new aws.cognito.ResourceServer('Scopes', {
  userPoolId: userPool.id,
  identifier: scopeOwner,
  name: 'Fieldnotes',
  scopes: Object.entries(scopes).map(([scopeName, scopeDescription]) => ({ scopeName, scopeDescription })),
})

/** Group of our staff. Only administrators add members; no client can write groups. */
export const staff = new aws.cognito.UserGroup('Staff', {
  userPoolId: userPool.id,
  name: 'staff',
  description: 'May see the stored size of a note',
})
