/** The page of help of `npm run -s admin -- clients`. */

/** What `--help` prints. */
export const clientsHelp = `npm run -s admin -- clients ACTION [ID] [options]

  list            the clients of third parties
  add ID          a program of a third party that acts for itself (client credentials)
  rotate ID       a new secret; the earlier one works too, until --finish
  disable ID      no more tokens; those that it has end within 300 seconds

  --scope "A B"   scopes at the endpoint, notes:read by default (of add)
  --lifetime N    seconds for which a token lasts, 1 to 300; 300 by default (of add)
  --jwks FILE     public keys (RFC 7517 §5), in the place of a secret (of add and rotate)
  --finish        ends the earlier secret (of rotate)
  --after ID      lists from the next one on; a page has 100 (of list)
  --yes           writes it; without this, the command prints what it would write
  --json          prints one JSON object
  --stage NAME    a deployed stage; default: the cloud that npm start runs
  --data FOLDER   the data folder of that cloud, .local by default
  --help          this text

A secret is printed once, by the run that writes it: the table has its digest alone. Clients of the
product itself are rows of packages/issuer/src/grants/client-rows.ts. To end the tokens that a
client has at once, revoke it too: npm run -s admin -- revoke client ID --issuer fieldnotes --yes.
That refuses its new tokens as well, until the revocation expires: do it after disable, not after
rotate.
`
