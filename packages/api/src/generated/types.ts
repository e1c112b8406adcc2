export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC as RFC 3339 with milliseconds, such as `2026-11-22T09:30:00.000Z`. */
  DateTime: { input: string; output: string; }
};

/** An object that can be fetched by its id (Relay Global Object Identification). */
export type Node = {
  /** Opaque and stable. Do not parse it. */
  id: Scalars['ID']['output'];
};

/** Reads. Each field has its own rule, and decides for itself. */
export type Query = {
  __typename?: 'Query';
  /** The caller. An app of a third party needs the scope `notes:read`. */
  me: User;
  /**
   * A note that the caller owns or that is shared with the caller. NOT_FOUND for every other id, whether or not the note
   * exists.
   */
  note: Note;
  /**
   * The caller's own notes; without `orderBy` the latest change first. Pages are full unless the list ends. While notes
   * are written, paging returns a note that does not change exactly once; a note that changes moves to the newest end,
   * where `changes` returns it. Give `first` with `after`, or `last` with `before`: 1 to 100, and 20 when neither is
   * given.
   */
  notes: NoteConnection;
  /** Notes that other people share with the caller, the latest change first. Arguments as for `notes`. */
  sharedWithMe: NoteConnection;
  /** The caller's tags by name, each with the number of notes outside the trash that have it. */
  tags: Array<TagCount>;
  /** A note, the caller, one of their sessions or connected apps, by id. NOT_FOUND as for `note`. */
  node: Node;
  /** Objects in the order of `ids`, at most 100. An object is null with NOT_FOUND where `node` would be. */
  nodes: Array<Node>;
  /**
   * Changes for the caller since the cursor of an earlier response, oldest first; all notes without a cursor. A page has
   * at most 100 changes (20 by default) and 1,000,000 bytes of contents. Only `hasMore` says whether another page follows.
   * For a cursor older than 30 days `resyncRequired` is true: start again without a cursor. LIMIT_EXCEEDED when the
   * response is too large: use a smaller `first`. Each change is returned once if every call uses the cursor of the
   * previous response.
   */
  changes: NoteChanges;
};


/** Reads. Each field has its own rule, and decides for itself. */
export type QueryNoteArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. Each field has its own rule, and decides for itself. */
export type QueryNotesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<NoteFilter>;
  orderBy?: InputMaybe<NoteOrder>;
};


/** Reads. Each field has its own rule, and decides for itself. */
export type QuerySharedWithMeArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** Reads. Each field has its own rule, and decides for itself. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. Each field has its own rule, and decides for itself. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Reads. Each field has its own rule, and decides for itself. */
export type QueryChangesArgs = {
  since?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /** Creates a note. */
  createNote: CreateNotePayload;
  /**
   * Creates 1 to 25 notes with at most 70 different tags, all or none. A request has at most 1,000,000 bytes: fewer than
   * 10 notes of the largest size.
   */
  createNotes: CreateNotesPayload;
  /** Changes the given members of a note, and no others. For the owner and editors. */
  updateNote: UpdateNotePayload;
  /** Moves a note into the trash, where only its owner sees it. Changes nothing for a note in the trash. For the owner. */
  trashNote: TrashNotePayload;
  /** Moves a note out of the trash. The people with whom it is shared see it again. For the owner. */
  restoreNote: RestoreNotePayload;
  /** Deletes a note and its shares permanently, inside or outside the trash. No copy of its text remains. For the owner. */
  deleteNote: DeleteNotePayload;
  /**
   * Shares a note with another person, or changes the role of that person. At most 50 people a note. A note in the trash
   * can be shared too; the person sees it when it is restored. For the owner.
   */
  shareNote: ShareNotePayload;
  /** Ends a share; the next request of that person is refused. For the owner. */
  unshareNote: UnshareNotePayload;
  /** Ends the share of the caller. */
  leaveNote: LeaveNotePayload;
  /** Changes the caller's own profile. Refused to clients of third parties. */
  updateProfile: UpdateProfilePayload;
  /**
   * Ends this sign-in, or every sign-in of the caller: all tokens of it, refreshed ones too, and its browser sessions are
   * refused within 10 seconds. A repeated call changes nothing more. To end every sign-in, the caller must have signed in
   * within the last 300 seconds: otherwise FORBIDDEN has the remedy `STEP_UP` with `maxAge`. LIMIT_EXCEEDED after 30 calls
   * of a kind in 79 minutes. Refused to clients of third parties and to services.
   */
  signOut: SignOutPayload;
  /**
   * Ends a browser session of the caller: its cookie is refused at once, and all tokens of its sign-in within 10 seconds.
   * NOT_FOUND for every other id, whether or not the session exists. Limit and refusals as for `signOut` of one sign-in.
   */
  revokeSession: RevokeSessionPayload;
  /**
   * Ends what an app of a third party may do for the caller: all its tokens are refused within 10 seconds, and none is
   * renewed. Other apps and sign-ins go on, and the caller can connect the app again. NOT_FOUND for an app that is not
   * connected. LIMIT_EXCEEDED after 30 ended consents in 79 minutes. Refused to clients of third parties and to services.
   */
  revokeApp: RevokeAppPayload;
  /**
   * Exports the caller's own data as a ZIP file of Markdown with a manifest: it starts an export, or goes on with the
   * pending one, and returns its state. It reads with the caller's token, and stops when that ends: call it again with
   * `exportId` until `status` is no longer `PENDING`. LIMIT_EXCEEDED after 50 exports in a day (UTC). A sign-in at
   * Firebase of more than an hour ago is FORBIDDEN with the remedy `STEP_UP`. Refused to clients of third parties, to
   * services, to signed requests (SigV4) and to tokens that are bound to a key (DPoP), which no service but the client can
   * exchange. Needs the scope `notes:read`.
   */
  exportMyData: ExportMyDataPayload;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationCreateNoteArgs = {
  input: CreateNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationCreateNotesArgs = {
  input: CreateNotesInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationUpdateNoteArgs = {
  input: UpdateNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationTrashNoteArgs = {
  input: TrashNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationRestoreNoteArgs = {
  input: RestoreNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationDeleteNoteArgs = {
  input: DeleteNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationShareNoteArgs = {
  input: ShareNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationUnshareNoteArgs = {
  input: UnshareNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationLeaveNoteArgs = {
  input: LeaveNoteInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationSignOutArgs = {
  input: SignOutInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationRevokeSessionArgs = {
  input: RevokeSessionInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationRevokeAppArgs = {
  input: RevokeAppInput;
};


/**
 * Writes, executed one after the other. Each takes one `input`, and is refused before anything is written. The fields of
 * its payload are read with the caller's rights, after the write.
 */
export type MutationExportMyDataArgs = {
  input: ExportMyDataInput;
};

/** A person. */
export type User = Node & {
  __typename?: 'User';
  /** Opaque and stable. */
  id: Scalars['ID']['output'];
  /**
   * The person's name, which everyone who shares a note with them sees. Name, address and handle are null until the
   * person's first request by a client of the product: an app of a third party reads them and never sets them.
   */
  name?: Maybe<Scalars['String']['output']>;
  /** A verified address. For the person and for the group `staff`. Null as `name`. */
  email?: Maybe<Scalars['String']['output']>;
  /** The secret code that other people need to share a note with this person. For the person only. Null as `name`. */
  handle?: Maybe<Scalars['String']['output']>;
  /**
   * The person's browser sessions that have not ended, the one that was seen last first. For the person, by a client of
   * the product. Arguments as for `notes`.
   */
  sessions: SessionConnection;
  /**
   * The apps of third parties that the person has connected and that still have access, the one that was used last first.
   * For the person, by a client of the product. Arguments as for `notes`.
   */
  apps: ConnectedAppConnection;
};


/** A person. */
export type UserSessionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** A person. */
export type UserAppsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A browser in which the person is signed in. It has ended when the person signs out, and after some time without use. */
export type Session = Node & {
  __typename?: 'Session';
  /** Opaque and stable. It opens nothing. */
  id: Scalars['ID']['output'];
  /** What the browser said of itself at the sign-in, at most 200 visible characters. Null for nothing. */
  userAgent?: Maybe<Scalars['String']['output']>;
  /** When the person signed in. */
  firstSeen: Scalars['DateTime']['output'];
  /** When the session was last in use, or at most 15 minutes earlier. */
  lastSeen: Scalars['DateTime']['output'];
  /** Whether this request belongs to the session, or to its sign-in. */
  current: Scalars['Boolean']['output'];
};

/** A page of sessions (GraphQL Cursor Connections). */
export type SessionConnection = {
  __typename?: 'SessionConnection';
  /** The sessions with their cursors. */
  edges: Array<SessionEdge>;
  /** The sessions alone. */
  nodes: Array<Session>;
  /** The page's position in the list. */
  pageInfo: PageInfo;
};

/** A session on a page. */
export type SessionEdge = {
  __typename?: 'SessionEdge';
  /** Valid for this caller and this list only. */
  cursor: Scalars['String']['output'];
  /** The session. */
  node: Session;
};

/** An app of a third party that a person has connected: it acts for the person within its scopes. */
export type ConnectedApp = Node & {
  __typename?: 'ConnectedApp';
  /** Opaque and stable. */
  id: Scalars['ID']['output'];
  /** The app's client id, which `revokeApp` takes. */
  clientId: Scalars['String']['output'];
  /** The app's name, as the person has read it when they gave access last. */
  name: Scalars['String']['output'];
  /** All scopes that the person has given to the app since `since`. */
  scopes: Array<Scalars['String']['output']>;
  /** When the app was connected. Giving it access again keeps the instant, unless the app was ended or had no access. */
  since: Scalars['DateTime']['output'];
  /** When the app last got a token: its requests are at most the life of a token later. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** A page of connected apps (GraphQL Cursor Connections). */
export type ConnectedAppConnection = {
  __typename?: 'ConnectedAppConnection';
  /** The apps with their cursors. */
  edges: Array<ConnectedAppEdge>;
  /** The apps alone. */
  nodes: Array<ConnectedApp>;
  /** The page's position in the list. */
  pageInfo: PageInfo;
};

/** A connected app on a page. */
export type ConnectedAppEdge = {
  __typename?: 'ConnectedAppEdge';
  /** Valid for this caller and this list only. */
  cursor: Scalars['String']['output'];
  /** The app. */
  node: ConnectedApp;
};

/** A note. */
export type Note = Node & {
  __typename?: 'Note';
  /** Opaque and stable. */
  id: Scalars['ID']['output'];
  /** One line of 1 to 200 characters. */
  title: Scalars['String']['output'];
  /** Markdown, at most 100,000 bytes in UTF-8. */
  content: Scalars['String']['output'];
  /** At most 20, each of 1 to 50 characters, without repetitions. Their order has no meaning. */
  tags: Array<Scalars['String']['output']>;
  /** Whether it is pinned. */
  pinned: Scalars['Boolean']['output'];
  /** A hint for display. */
  color?: Maybe<NoteColor>;
  /** Counts the changes, starting with 1. */
  version: Scalars['Int']['output'];
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When title, content, tags, pin, color, shares or trash last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** When it was moved into the trash. Null outside the trash. */
  trashedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The owner, who never changes. */
  owner: User;
  /** The caller's role for this note. */
  viewerRole: NoteRole;
  /** What the caller may do with this note, by the rules of the mutations. */
  viewerCan: NotePermissions;
  /** The people with whom it is shared. For the owner only. */
  shares: Array<Share>;
  /** The OAuth client of the last change. Needs the scope `notes:audit`. */
  lastEditedWith?: Maybe<Scalars['String']['output']>;
  /** Bytes of the stored item. For the group `staff`. */
  sizeBytes: Scalars['Int']['output'];
};

/** A share of a note. */
export type Share = {
  __typename?: 'Share';
  /** The person with whom the note is shared. */
  person: User;
  /** The person's role. */
  role: ShareRole;
  /** When the note was first shared with that person. */
  sharedAt: Scalars['DateTime']['output'];
};

/** For each action, whether the caller's token and role allow it. */
export type NotePermissions = {
  __typename?: 'NotePermissions';
  /** `updateNote` */
  update: Scalars['Boolean']['output'];
  /** `trashNote` */
  trash: Scalars['Boolean']['output'];
  /** `restoreNote` */
  restore: Scalars['Boolean']['output'];
  /** `deleteNote` */
  delete: Scalars['Boolean']['output'];
  /** `shareNote` and `unshareNote` */
  share: Scalars['Boolean']['output'];
  /** `leaveNote` */
  leave: Scalars['Boolean']['output'];
};

/** A person's role for a note. */
export type NoteRole =
  /** Reads, edits, shares, trashes and deletes. */
  | 'OWNER'
  /** Reads and edits. */
  | 'EDITOR'
  /** Reads. */
  | 'VIEWER';

/** A role that a share gives. */
export type ShareRole =
  /** Reads and edits. */
  | 'EDITOR'
  /** Reads. */
  | 'VIEWER';

/** The color of a note. */
export type NoteColor =
  | 'RED'
  | 'ORANGE'
  | 'YELLOW'
  | 'GREEN'
  | 'BLUE'
  | 'PURPLE'
  | 'GRAY';

/**
 * Selects the notes that match every given member. `tag` and `pinned` have no index: about 1 MB of notes is read for each
 * request to the table.
 */
export type NoteFilter = {
  /** Only notes with this tag, in any normal form of Unicode. Limits as for `createNote`. */
  tag?: InputMaybe<Scalars['String']['input']>;
  /** Only pinned or only unpinned notes. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only notes changed at or after this instant. */
  updatedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** True: only notes in the trash. False or missing: only notes outside it. */
  trashed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** An order of notes. */
export type NoteOrder = {
  /** The field to order by. */
  field: NoteOrderField;
  /** The direction. */
  direction: OrderDirection;
};

/** Fields to order notes by. */
export type NoteOrderField =
  /** The last change. */
  | 'UPDATED_AT'
  /** The creation. */
  | 'CREATED_AT';

/** The direction of an order. */
export type OrderDirection =
  /** Earliest first. */
  | 'ASC'
  /** Latest first. */
  | 'DESC';

/** A page of notes (GraphQL Cursor Connections). */
export type NoteConnection = {
  __typename?: 'NoteConnection';
  /** The notes with their cursors. */
  edges: Array<NoteEdge>;
  /** The notes alone. */
  nodes: Array<Note>;
  /** The page's position in the list. */
  pageInfo: PageInfo;
};

/** A note on a page. */
export type NoteEdge = {
  __typename?: 'NoteEdge';
  /** Valid for this caller and this list only. */
  cursor: Scalars['String']['output'];
  /** The note. */
  node: Note;
};

/** The position of a page in its list (GraphQL Cursor Connections §5). */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Whether notes follow the page. True when `before` is given. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether notes precede the page. True when `after` is given. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first note on the page. */
  startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last note on the page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** A tag and the number of its notes. */
export type TagCount = {
  __typename?: 'TagCount';
  /** The tag. */
  tag: Scalars['String']['output'];
  /** Notes outside the trash that have the tag. */
  count: Scalars['Int']['output'];
};

/** One page of changes. */
export type NoteChanges = {
  __typename?: 'NoteChanges';
  /**
   * Each note at most once, as it is now. A page may have fewer changes than `first` when contents are long, and even none
   * when notes change while it is read. Only `hasMore` says whether another page follows.
   */
  changes: Array<NoteChange>;
  /**
   * The `since` of the next call. Null when `resyncRequired` is true. Send it as a variable: after thousands of changes
   * within seconds it has up to 75,000 characters, more than a document may have. Usually it is short.
   */
  cursor?: Maybe<Scalars['String']['output']>;
  /** Whether more changes follow `cursor`. */
  hasMore: Scalars['Boolean']['output'];
  /** True when `since` is too old: delete the local notes, and start again without it. */
  resyncRequired: Scalars['Boolean']['output'];
};

/** A change of a note. */
export type NoteChange = NoteChanged | NoteGone;

/** The note was created, changed, moved into or out of the trash, or shared with the caller. */
export type NoteChanged = {
  __typename?: 'NoteChanged';
  /** The note as it is now. */
  note: Note;
};

/** The caller no longer sees the note. The client may never have had it: a share can begin and end between two calls. */
export type NoteGone = {
  __typename?: 'NoteGone';
  /** The id of the note. */
  noteId: Scalars['ID']['output'];
  /** The reason. */
  reason: NoteGoneReason;
  /** When the caller stopped seeing the note. */
  at: Scalars['DateTime']['output'];
};

/** Why the caller no longer sees a note. */
export type NoteGoneReason =
  /** The note was deleted while the caller saw it. */
  | 'DELETED'
  /** The share ended, or the note is in its owner's trash. */
  | 'UNSHARED';

/** A note to create. */
export type CreateNoteInput = {
  /**
   * One line of 1 to 200 characters, which other people see. It has visible characters, no control or private-use
   * characters, none that hide or reorder text, and at most 10 combining marks on a letter.
   */
  title: Scalars['String']['input'];
  /** Markdown, at most 100,000 bytes in UTF-8. */
  content?: InputMaybe<Scalars['String']['input']>;
  /**
   * At most 20 (40 with repetitions), each of 1 to 50 characters as for titles. They are stored in NFC, without white
   * space around them.
   */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether the note is pinned. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** A hint for display. */
  color?: InputMaybe<NoteColor>;
  /**
   * 1 to 64 visible ASCII characters, unique for this change. Within 24 hours a call with the same key changes nothing,
   * and returns the note, or the caller, as it is now; NOT_FOUND when the note was deleted since. A repeated `deleteNote`
   * or `leaveNote` returns the same as the first call. The same key with another input is BAD_USER_INPUT.
   */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The new note. */
export type CreateNotePayload = {
  __typename?: 'CreateNotePayload';
  /** The note. */
  note: Note;
};

/** One of several notes to create. */
export type NewNoteInput = {
  /** As for `createNote`. */
  title: Scalars['String']['input'];
  /** Markdown, at most 100,000 bytes in UTF-8. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** As for `createNote`. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether the note is pinned. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** A hint for display. */
  color?: InputMaybe<NoteColor>;
};

/** Notes to create. */
export type CreateNotesInput = {
  /** 1 to 25. */
  notes: Array<NewNoteInput>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The new notes, in the order of the input. */
export type CreateNotesPayload = {
  __typename?: 'CreateNotesPayload';
  /** The notes. */
  notes: Array<Note>;
};

/** A note and the members to change. */
export type UpdateNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /**
   * The version that the client read. CONFLICT when the note has another one. Without it the change applies to every
   * version.
   */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`; not null. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** As for `createNote`; not null. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** All tags of the note, which replace the stored ones; not null. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether the note is pinned; not null. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Null removes the color. */
  color?: InputMaybe<NoteColor>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note as it is now. */
export type UpdateNotePayload = {
  __typename?: 'UpdateNotePayload';
  /** The note. */
  note: Note;
};

/** A note to move into the trash. */
export type TrashNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note as it is now. */
export type TrashNotePayload = {
  __typename?: 'TrashNotePayload';
  /** The note. */
  note: Note;
};

/** A note to move out of the trash. */
export type RestoreNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note as it is now. */
export type RestoreNotePayload = {
  __typename?: 'RestoreNotePayload';
  /** The note. */
  note: Note;
};

/** A note to delete. */
export type DeleteNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The deleted note. */
export type DeleteNotePayload = {
  __typename?: 'DeleteNotePayload';
  /** The id of the note. */
  deletedNoteId: Scalars['ID']['output'];
};

/** A note, the person to share it with, and the role. */
export type ShareNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** The `handle` that the person gave to the caller. */
  handle: Scalars['String']['input'];
  /** The person's role. */
  role: ShareRole;
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note as it is now. */
export type ShareNotePayload = {
  __typename?: 'ShareNotePayload';
  /** The note. */
  note: Note;
};

/** A note and the person whose share ends. */
export type UnshareNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** The id of the person, from `Note.shares`. */
  personId: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note as it is now. */
export type UnshareNotePayload = {
  __typename?: 'UnshareNotePayload';
  /** The note. */
  note: Note;
};

/** A note to leave. */
export type LeaveNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note that the caller left. */
export type LeaveNotePayload = {
  __typename?: 'LeaveNotePayload';
  /** The id of the note. */
  leftNoteId: Scalars['ID']['output'];
};

/** The members of the profile to change. */
export type UpdateProfileInput = {
  /** One line of 1 to 100 characters, as for titles. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** True creates a new handle; the old one stops working. */
  renewHandle?: InputMaybe<Scalars['Boolean']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The caller as they are now. */
export type UpdateProfilePayload = {
  __typename?: 'UpdateProfilePayload';
  /** The caller. */
  me: User;
};

/** What to end. */
export type SignOutInput = {
  /**
   * True ends every sign-in of the caller until now, on every device, and the user pool or Firebase ends their refresh
   * tokens, also for a token of our own issuer. No issuer that a stage adds is informed.
   * Signed requests (SigV4) of the caller are then refused for 79 minutes, after a new sign-in too. False ends the sign-in
   * of this request's credential alone; BAD_USER_INPUT where the credential does not name one, as in a signed request. The
   * tokens of one sign-in are refused for 79 minutes: a client also revokes its refresh token at the issuer.
   */
  everywhere?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What has ended. */
export type SignOutPayload = {
  __typename?: 'SignOutPayload';
  /** Whether every sign-in has ended, or the one alone. */
  everywhere: Scalars['Boolean']['output'];
  /**
   * When they ended, in whole seconds. A sign-in in a later second is accepted. Where every sign-in has ended, the answer
   * comes in that later second: that of the first such field of a request.
   */
  endedUntil: Scalars['DateTime']['output'];
  /** From this instant on every door refuses them: 10 seconds later. */
  refusedFrom: Scalars['DateTime']['output'];
};

/** A session to end. */
export type RevokeSessionInput = {
  /** The session's id. */
  id: Scalars['ID']['input'];
};

/** The session that has ended. */
export type RevokeSessionPayload = {
  __typename?: 'RevokeSessionPayload';
  /** The id of the session. */
  revokedSessionId: Scalars['ID']['output'];
  /** From this instant on every door refuses the tokens of its sign-in. */
  refusedFrom: Scalars['DateTime']['output'];
};

/** An app to end. */
export type RevokeAppInput = {
  /** The app's client id, from `me.apps`. */
  clientId: Scalars['String']['input'];
};

/** The app that has ended. */
export type RevokeAppPayload = {
  __typename?: 'RevokeAppPayload';
  /** The client id of the app. */
  revokedClientId: Scalars['String']['output'];
  /** From this instant on every door refuses the tokens of the app for this person. */
  refusedFrom: Scalars['DateTime']['output'];
};

/** The export to return. */
export type ExportMyDataInput = {
  /**
   * The id of an export of the caller, whose state is returned; a pending one goes on. NOT_FOUND for any other id. Without
   * it, the pending export, or a new one.
   */
  exportId?: InputMaybe<Scalars['ID']['input']>;
};

/** An export of the caller's data. It exists for 24 hours. */
export type ExportMyDataPayload = {
  __typename?: 'ExportMyDataPayload';
  /** Opaque. */
  exportId: Scalars['ID']['output'];
  /** Whether it has ended. */
  status: ExportStatus;
  /** Where the exporter has it, for clients with a token for the exporter. */
  location: Scalars['String']['output'];
  /**
   * A URL from which the archive can be downloaded without a token for 60 seconds. It opens the archive for every caller:
   * do not store it. Each call returns a new one. Null until `status` is `DONE`.
   */
  archive?: Maybe<Scalars['String']['output']>;
  /** From then on neither the export nor the archive can be fetched. */
  expiresAt: Scalars['DateTime']['output'];
};

/** The state of an export. */
export type ExportStatus =
  /** Not complete yet. Call `exportMyData` again with `exportId`. */
  | 'PENDING'
  /** The archive can be downloaded. */
  | 'DONE'
  /** It can't be completed. Without `exportId` the next call starts a new one. */
  | 'FAILED';

export type ObjectTypes = {
  Query: Query;
  Mutation: Mutation;
  User: User;
  Session: Session;
  SessionConnection: SessionConnection;
  SessionEdge: SessionEdge;
  ConnectedApp: ConnectedApp;
  ConnectedAppConnection: ConnectedAppConnection;
  ConnectedAppEdge: ConnectedAppEdge;
  Note: Note;
  Share: Share;
  NotePermissions: NotePermissions;
  NoteConnection: NoteConnection;
  NoteEdge: NoteEdge;
  PageInfo: PageInfo;
  TagCount: TagCount;
  NoteChanges: NoteChanges;
  NoteChanged: NoteChanged;
  NoteGone: NoteGone;
  CreateNotePayload: CreateNotePayload;
  CreateNotesPayload: CreateNotesPayload;
  UpdateNotePayload: UpdateNotePayload;
  TrashNotePayload: TrashNotePayload;
  RestoreNotePayload: RestoreNotePayload;
  DeleteNotePayload: DeleteNotePayload;
  ShareNotePayload: ShareNotePayload;
  UnshareNotePayload: UnshareNotePayload;
  LeaveNotePayload: LeaveNotePayload;
  UpdateProfilePayload: UpdateProfilePayload;
  SignOutPayload: SignOutPayload;
  RevokeSessionPayload: RevokeSessionPayload;
  RevokeAppPayload: RevokeAppPayload;
  ExportMyDataPayload: ExportMyDataPayload;
};
