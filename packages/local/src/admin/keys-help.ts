/** The page of help of `npm run -s admin -- keys`. */

/** What `--help` prints. */
export const keysHelp = `npm run -s admin -- keys ACTION [APPLICATION] [options]

  list                the applications, with their keys, limits and the hour of the last use
  add APPLICATION     an application with its first key
  rotate APPLICATION  a second key; the earlier one works too, until it ends
  end APPLICATION     ends all of its keys; with --key the named one
  set APPLICATION     other clients or limits
  delete APPLICATION  the application with its keys; its clients have the limits of the code again

  --client ISSUER:ID  a client whose tokens the keys may accompany; repeat it for several (of add and set)
  --days N            days until the new key ends, 1 to 730; 365 by default (of add and rotate)
  --burst N           units of cost that can be used at once (of add and set)
  --rate N            units of cost that return in a second (of add and set)
  --day N             units of cost of one day in UTC (of add and set)
  --defaults          the limits of the table in the code again (of set)
  --key NAME          the name of a key, as list prints it (of end)
  --after ID          lists from the next one on; a page has 100 (of list)
  --yes               writes it; without this, the command prints what it would write
  --json              prints one JSON object
  --stage NAME        a deployed stage; default: the cloud that npm start runs
  --data FOLDER       the data folder of that cloud, .local by default
  --help              this text

APPLICATION is 1 to 32 lower-case letters and digits. A key is printed once, by the run that makes
it: the table has its digest alone. A key that was ended is refused within 5 seconds. A key names an
application and gives no right: docs/api-keys.md.
`
