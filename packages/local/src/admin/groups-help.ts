/** The page of help of `npm run -s admin -- groups`. */

/** What `--help` prints. */
export const groupsHelp = `npm run -s admin -- groups ACTION [GROUP] [options]

  list             the policies of all groups
  show GROUP       the policy of one group, and the scopes that its people have
  set GROUP        writes the policy of a group, in the place of the one that it has
  delete GROUP     removes the policy of a group

  --allow "A B"    scopes that people of the group may use; none by default (of set)
  --deny "A B"     scopes that they may not use, whatever another group allows (of set)
  --issuer NAME    the issuer whose group it is; cognito by default, or the one that GROUP begins with, as
                   list prints it: cognito:staff
  --yes            writes it; without this, the command prints what would change
  --json           prints one JSON object
  --stage NAME     a deployed stage; default: the cloud that npm start runs
  --data FOLDER    the data folder of that cloud, .local by default
  --help           this text

A person has the scopes of their token that the policies of their groups allow together, less each
one that any of them denies: to deny alone leaves nothing where no other group allows. Who is in no
group with a policy has the scopes of the token where groups are open, and none where they are
governed (FIELDNOTES_GROUPS). Services are in no group. Policies are about scopes, and what needs no
scope stays possible: managing one's own account.

Before anything is written the command prints the cells of the permission matrix (npm run matrix)
that change: for a person in this group alone whose token has every scope, and for signed requests
(SigV4), which do not say the groups: these have what every membership would leave.

A change is in force everywhere within 30 seconds; tokens of our own issuer keep their scopes until
they end, 300 seconds at most. A written policy that was changed meanwhile is not overwritten: look
again. At most 500 groups have one.
`
