/** The page of help of `npm run -s admin -- revoke`. */

/** What `--help` prints. */
export const revokeHelp = `npm run -s admin -- revoke KIND ID… [options]

  person PERSON        every sign-in of the person until now, with their browser sessions
  login ID             one sign-in with every token refreshed from it, and its browser session
                       (origin_jti of Cognito's tokens, login_id of our own)
  token ID             one token: its jti (needs --issuer)
  app PERSON CLIENT    what one client may do for one person, from sign-ins until now
  client CLIENT        every token of a client: for people from sign-ins until now,
                       and for the client itself (needs --issuer)
  key THUMBPRINT       every token bound to the key (RFC 7638)

  --issuer NAME   the issuer of a token or a client, as the configuration names it: cognito
  --at INSTANT    sign-ins until then, not until now: 2026-11-26T17:30:00Z
                  (of person, app and client)
  --yes           writes it; without this, the command prints what it would write
  --json          prints one JSON object
  --stage NAME    a deployed stage; default: the cloud that npm start runs
  --data FOLDER   the data folder of that cloud, .local by default
  --help          this text

PERSON is the id that logs show as "caller". On the laptop it may be a name such as alice, with
--issuer (cognito by default). An id that does not exist is written all the same: check it. An
issuer that the cloud or the stage does not trust is refused, and so is an option without effect.

Every door refuses what is revoked within 10 seconds. A sign-in after that second is accepted. A
revocation can't be taken back, and a second run only extends the first. It is in force for 79
minutes, or 4 more than the longest lifetime of a token: a token that is refreshed later may outlive
it. Of a person the command prints which issuer is informed, so that refresh tokens end; otherwise
end the session at the issuer before (docs/operate.md, "Revoke").

Signed requests (SigV4) name a person and the web app, and no login, token or key: only a person,
an app or a client reaches them. They have no instant of the sign-in either, so that they are
refused for those 79 minutes, after a new sign-in too.
The clock of this machine may be wrong by 2 seconds at most. It is compared with the database's
before the write, and nothing is written when that is not possible.
`
