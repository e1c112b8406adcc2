/** The page of help of `npm run -s admin -- clients`. */

/** What `--help` prints. */
export const clientsHelp = `npm run -s admin -- clients ACTION [ID] [options]

  list            the clients of third parties, each with what today’s rules find wrong with it
  add ID          a client of a third party
  rotate ID       a new secret; the earlier one works too, until --finish, and a third is refused
  disable ID      no more tokens; those that it has are refused within 10 seconds
  enable ID       tokens again, for people who sign in from then on

  --profile P     of add; machine by default
                    machine  a program that acts for itself (client credentials)
                    app      people sign in; PKCE; public, or with --confidential or --jwks
                    google   account linking of Google: secret in the body, no PKCE
                    alexa    account linking of Alexa: secret in the header, PKCE with --pkce
  --scope "A B"   scopes at the endpoint, notes:read by default (of add)
  --lifetime N    seconds for which a token lasts, 1 to 300; 300 by default (of add)
  --title TEXT    what the page of consent calls the app (of add; not of machine)
  --redirect-uri  where codes are sent; repeat it for up to 10 (of add; not of machine)
  --refresh-days  days after a sign-in when the last refresh is possible, 1 to 180; 180 by default
                  (of add; not of machine)
  --jwks FILE     public keys (RFC 7517 §5), in the place of a secret (of add and rotate)
  --finish        ends the earlier secret (of rotate)
  --after ID      lists from the next one on; a page has 100 (of list)
  --yes           writes it; without this, the command prints what it would write
  --json          prints one JSON object
  --stage NAME    a deployed stage; default: the cloud that npm start runs
  --data FOLDER   the data folder of that cloud, .local by default
  --help          this text

A secret is printed once, by the run that writes it: the table has its digest alone. Clients of the
product itself are rows of packages/issuer/src/grants/client-rows.ts. disable writes a revocation of
the client too. After enable, people sign in and consent again; the tokens of a machine are refused
until that revocation is no longer in force, 79 minutes after disable.
`
