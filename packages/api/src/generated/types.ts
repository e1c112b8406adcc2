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

/** Anything that can be fetched again by its id (Relay Global Object Identification). */
export type Node = {
  /** Opaque and stable. Never take it apart. */
  id: Scalars['ID']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** The caller. */
  me?: Maybe<User>;
  /** One note of the caller's, or shared with the caller. Absent and not yours are one answer: NOT_FOUND. */
  note?: Maybe<Note>;
  /**
   * The caller's own notes, the latest change first unless asked otherwise. Pages are full. While others write, a note that
   * does not change is met exactly once; one that changes moves to the newest end, where `changes` meets it.
   * Takes `first` with `after`, or `last` with `before`; 1 to 100, 20 when neither is given.
   */
  notes?: Maybe<NoteConnection>;
  /** Notes that others share with the caller, the latest change first. Arguments as for `notes`. */
  sharedWithMe?: Maybe<NoteConnection>;
  /** The caller's tags by name, with how many notes outside the trash carry each. */
  tags?: Maybe<Array<TagCount>>;
  /** A note, or the caller, by its id. Absent and not yours are one answer: NOT_FOUND. */
  node?: Maybe<Node>;
  /** Objects by their ids, in the order asked, at most 100. One that is absent or not yours is null with NOT_FOUND. */
  nodes?: Maybe<Array<Maybe<Node>>>;
  /**
   * What changed for the caller since a cursor of an earlier answer, oldest change first; from the beginning without one.
   * At most 100 a page (20 by default), and no more than hold 1,000,000 bytes of contents together: `hasMore` alone says whether
   * to go on. A cursor older than 30 days answers `resyncRequired`: start again without one.
   * An answer too large is LIMIT_EXCEEDED: ask for fewer.
   * Each change is told once, as long as every answer's cursor is used for the next call.
   */
  changes?: Maybe<NoteChanges>;
};


export type QueryNoteArgs = {
  id: Scalars['ID']['input'];
};


export type QueryNotesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<NoteFilter>;
  orderBy?: InputMaybe<NoteOrder>;
};


export type QuerySharedWithMeArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QueryChangesArgs = {
  since?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Writes a new note. */
  createNote?: Maybe<CreateNotePayload>;
  /**
   * Writes 1 to 25 new notes with at most 70 different tags, all or none. A request has at most 1,000,000 bytes, so that fewer
   * than 10 of the longest notes fit into one call.
   */
  createNotes?: Maybe<CreateNotesPayload>;
  /** Changes the members that are given and leaves the others. The owner or an editor. */
  updateNote?: Maybe<UpdateNotePayload>;
  /** Puts a note into the trash, where only its owner sees it. One that is there already stays as it is. The owner. */
  trashNote?: Maybe<TrashNotePayload>;
  /** Takes a note out of the trash; whoever it was shared with sees it again. The owner. */
  restoreNote?: Maybe<RestoreNotePayload>;
  /** Deletes a note for good, with its shares, from inside or outside the trash. Receipts of earlier calls hold no text of it. The owner. */
  deleteNote?: Maybe<DeleteNotePayload>;
  /**
   * Lets another person read or edit a note, or changes what they may. At most 50 people a note. In the trash, too: then the
   * person learns of the note when it is restored. The owner.
   */
  shareNote?: Maybe<ShareNotePayload>;
  /** Takes a share back, with effect on the very next request. The owner. */
  unshareNote?: Maybe<UnshareNotePayload>;
  /** Gives up a share that was given to the caller. */
  leaveNote?: Maybe<LeaveNotePayload>;
  /** Changes the caller's own profile. */
  updateProfile?: Maybe<UpdateProfilePayload>;
};


export type MutationCreateNoteArgs = {
  input: CreateNoteInput;
};


export type MutationCreateNotesArgs = {
  input: CreateNotesInput;
};


export type MutationUpdateNoteArgs = {
  input: UpdateNoteInput;
};


export type MutationTrashNoteArgs = {
  input: TrashNoteInput;
};


export type MutationRestoreNoteArgs = {
  input: RestoreNoteInput;
};


export type MutationDeleteNoteArgs = {
  input: DeleteNoteInput;
};


export type MutationShareNoteArgs = {
  input: ShareNoteInput;
};


export type MutationUnshareNoteArgs = {
  input: UnshareNoteInput;
};


export type MutationLeaveNoteArgs = {
  input: LeaveNoteInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};

/** A person. */
export type User = Node & {
  __typename?: 'User';
  /** Opaque and stable. */
  id: Scalars['ID']['output'];
  /** The name the person goes by. Seen by everyone who shares a note with them. */
  name?: Maybe<Scalars['String']['output']>;
  /** A verified address. Seen by the person and by the group `staff`. */
  email?: Maybe<Scalars['String']['output']>;
  /** The unguessable code by which others share notes with this person: who is not told it can't find them. Seen by the person alone. */
  handle?: Maybe<Scalars['String']['output']>;
};

/** A note. */
export type Note = Node & {
  __typename?: 'Note';
  /** Opaque and stable. */
  id: Scalars['ID']['output'];
  /** One line of 1 to 200 characters. */
  title?: Maybe<Scalars['String']['output']>;
  /** Markdown, at most 100,000 bytes in UTF-8. */
  content?: Maybe<Scalars['String']['output']>;
  /** At most 20, each of 1 to 50 characters, without order or repetition. */
  tags?: Maybe<Array<Scalars['String']['output']>>;
  /** Whether it is pinned. */
  pinned?: Maybe<Scalars['Boolean']['output']>;
  /** A hint for display. */
  color?: Maybe<NoteColor>;
  /** Counts the changes, from 1. */
  version?: Maybe<Scalars['Int']['output']>;
  /** When it was written first. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When title, content, tags, pin, color, shares or trash last changed. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was put into the trash. Null outside it. */
  trashedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whose note it is. Can't be changed. */
  owner?: Maybe<User>;
  /** What the caller is to this note. */
  viewerRole?: Maybe<NoteRole>;
  /** What the caller may do with this note, by the same rules that decide when it is done. */
  viewerCan?: Maybe<NotePermissions>;
  /** Whom it is shared with. Seen by the owner alone. */
  shares?: Maybe<Array<Share>>;
  /** The OAuth client that made the last change. Needs the scope `notes:audit`. */
  lastEditedWith?: Maybe<Scalars['String']['output']>;
  /** Bytes of the stored item. Seen by the group `staff`. */
  sizeBytes?: Maybe<Scalars['Int']['output']>;
};

/** That a note is shared with a person. */
export type Share = {
  __typename?: 'Share';
  /** With whom. */
  person?: Maybe<User>;
  /** What that person may do. */
  role?: Maybe<ShareRole>;
  /** When it was first shared with that person. */
  sharedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** For each act, whether the caller's token and role allow it. */
export type NotePermissions = {
  __typename?: 'NotePermissions';
  /** `updateNote` */
  update?: Maybe<Scalars['Boolean']['output']>;
  /** `trashNote` */
  trash?: Maybe<Scalars['Boolean']['output']>;
  /** `restoreNote` */
  restore?: Maybe<Scalars['Boolean']['output']>;
  /** `deleteNote` */
  delete?: Maybe<Scalars['Boolean']['output']>;
  /** `shareNote` and `unshareNote` */
  share?: Maybe<Scalars['Boolean']['output']>;
  /** `leaveNote` */
  leave?: Maybe<Scalars['Boolean']['output']>;
};

/** What a person is to a note. */
export type NoteRole =
  /** Reads, edits, shares, trashes and deletes. */
  | 'OWNER'
  /** Reads and edits. */
  | 'EDITOR'
  /** Reads. */
  | 'VIEWER';

/** What a note can be shared as. */
export type ShareRole =
  /** Reads and edits. */
  | 'EDITOR'
  /** Reads. */
  | 'VIEWER';

/** The colors a note can be shown in. */
export type NoteColor =
  | 'RED'
  | 'ORANGE'
  | 'YELLOW'
  | 'GREEN'
  | 'BLUE'
  | 'PURPLE'
  | 'GRAY';

/** Which notes: those for which all that is given holds. Tag and pin pass over the notes in between, about 1 MB of them a request. */
export type NoteFilter = {
  /** Only notes that carry this tag, in whatever normal form of Unicode. As for `createNote`. */
  tag?: InputMaybe<Scalars['String']['input']>;
  /** Only pinned or only unpinned notes. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only notes changed at or after this instant. */
  updatedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** True for the trash alone. Without it, or false: only notes outside the trash. */
  trashed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** An order of notes. */
export type NoteOrder = {
  /** By what. */
  field: NoteOrderField;
  /** Which end first. */
  direction: OrderDirection;
};

/** What notes can be ordered by. */
export type NoteOrderField =
  /** The last change. */
  | 'UPDATED_AT'
  /** The first writing. */
  | 'CREATED_AT';

/** Which end of an order comes first. */
export type OrderDirection =
  /** The earliest. */
  | 'ASC'
  /** The latest. */
  | 'DESC';

/** A page of notes (GraphQL Cursor Connections). */
export type NoteConnection = {
  __typename?: 'NoteConnection';
  /** The notes with their cursors. */
  edges?: Maybe<Array<NoteEdge>>;
  /** The notes alone. */
  nodes?: Maybe<Array<Note>>;
  /** Where the page lies. */
  pageInfo: PageInfo;
};

/** A note on a page. */
export type NoteEdge = {
  __typename?: 'NoteEdge';
  /** Good for this caller and this list only. */
  cursor: Scalars['String']['output'];
  /** The note. */
  node?: Maybe<Note>;
};

/** Where a page lies in its list (GraphQL Cursor Connections §5). */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Whether more follow. After `before` was given, true. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether some precede. After `after` was given, true. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Of the first on the page. */
  startCursor?: Maybe<Scalars['String']['output']>;
  /** Of the last on the page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** A tag and its use. */
export type TagCount = {
  __typename?: 'TagCount';
  /** The tag. */
  tag?: Maybe<Scalars['String']['output']>;
  /** Notes outside the trash that carry it. */
  count?: Maybe<Scalars['Int']['output']>;
};

/** One page of changes. */
export type NoteChanges = {
  __typename?: 'NoteChanges';
  /** Each note at most once, as it stands now. Fewer than asked for where contents are long, even none where notes moved or sharing ended while the page was made: `hasMore` alone says whether to go on. */
  changes?: Maybe<Array<NoteChange>>;
  /** Hand it to the next call of `changes`, as a variable. Up to 75,000 characters after thousands of changes within seconds, more than a document may have; else short. */
  cursor?: Maybe<Scalars['String']['output']>;
  /** Whether more changes wait behind `cursor`. */
  hasMore?: Maybe<Scalars['Boolean']['output']>;
  /** True when `since` is too old to be continued: drop what you have and start again without it. */
  resyncRequired?: Maybe<Scalars['Boolean']['output']>;
};

/** What happened to a note. */
export type NoteChange = NoteChanged | NoteGone;

/** The note is new or was changed, trashed, restored, or shared with the caller: here it is as it stands now. */
export type NoteChanged = {
  __typename?: 'NoteChanged';
  /** The note. */
  note?: Maybe<Note>;
};

/**
 * The caller does not see this note any more. It may be one the client never had, because its sharing began and ended between
 * two calls; then there is nothing to drop.
 */
export type NoteGone = {
  __typename?: 'NoteGone';
  /** The id it had. */
  noteId?: Maybe<Scalars['ID']['output']>;
  /** Why. */
  reason?: Maybe<NoteGoneReason>;
  /** Since when. */
  at?: Maybe<Scalars['DateTime']['output']>;
};

/** Why a note is not seen. */
export type NoteGoneReason =
  /** Deleted for good while the caller saw it. */
  | 'DELETED'
  /** The share was taken back or given up, or the note is in its owner's trash. */
  | 'UNSHARED';

/** A new note. */
export type CreateNoteInput = {
  /**
   * One line of 1 to 200 characters that others can be shown: visible, without control and private-use characters, without marks
   * that hide or reorder text, with at most 10 marks on a letter.
   */
  title: Scalars['String']['input'];
  /** Markdown, at most 100,000 bytes in UTF-8. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** At most 20 (40 with repetitions), each of 1 to 50 characters as for titles. Composed (NFC), without white space around them. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether to pin it. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** A hint for display. */
  color?: InputMaybe<NoteColor>;
  /**
   * 1 to 64 visible ASCII characters, unique to this change. Within 24 hours a call that repeats it changes nothing, and is answered
   * with the note, or the caller, as it is now; NOT_FOUND when the note was deleted since. A repeated `deleteNote` or `leaveNote`
   * is answered as before. With another input it is BAD_USER_INPUT.
   */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note that was written. */
export type CreateNotePayload = {
  __typename?: 'CreateNotePayload';
  /** The note. */
  note?: Maybe<Note>;
};

/** One of several new notes. */
export type NewNoteInput = {
  /** As for `createNote`. */
  title: Scalars['String']['input'];
  /** Markdown, at most 100,000 bytes in UTF-8. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** As for `createNote`. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether to pin it. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** A hint for display. */
  color?: InputMaybe<NoteColor>;
};

/** New notes. */
export type CreateNotesInput = {
  /** 1 to 25. */
  notes: Array<NewNoteInput>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The notes that were written, in the order given. */
export type CreateNotesPayload = {
  __typename?: 'CreateNotesPayload';
  /** The notes. */
  notes?: Maybe<Array<Note>>;
};

/** A note and what to change of it. */
export type UpdateNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** The version that was read. CONFLICT when the note has moved on. Without it the change applies to whatever stands there. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`; not null. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** As for `createNote`; not null. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** All tags it shall carry; not null. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it shall be pinned; not null. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Null takes the color away. */
  color?: InputMaybe<NoteColor>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The note as it is now. */
export type UpdateNotePayload = {
  __typename?: 'UpdateNotePayload';
  /** The note. */
  note?: Maybe<Note>;
};

/** A note for the trash. */
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
  note?: Maybe<Note>;
};

/** A note in the trash. */
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
  note?: Maybe<Note>;
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

/** What was deleted. */
export type DeleteNotePayload = {
  __typename?: 'DeleteNotePayload';
  /** The id it had. */
  deletedNoteId?: Maybe<Scalars['ID']['output']>;
};

/** A note and with whom to share it. */
export type ShareNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** The `handle` of the person, as that person gave it. */
  handle: Scalars['String']['input'];
  /** What the person may do. */
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
  note?: Maybe<Note>;
};

/** A note and from whom to take it. */
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
  note?: Maybe<Note>;
};

/** A note to leave. */
export type LeaveNoteInput = {
  /** The note's id. */
  id: Scalars['ID']['input'];
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What was left. */
export type LeaveNotePayload = {
  __typename?: 'LeaveNotePayload';
  /** Its id. */
  leftNoteId?: Maybe<Scalars['ID']['output']>;
};

/** What to change of the profile. */
export type UpdateProfileInput = {
  /** One line of 1 to 100 characters, as for titles. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** True makes a new handle; the old one stops working. */
  renewHandle?: InputMaybe<Scalars['Boolean']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The caller as they are now. */
export type UpdateProfilePayload = {
  __typename?: 'UpdateProfilePayload';
  /** The caller. */
  me?: Maybe<User>;
};

export type ObjectTypes = {
  Query: Query;
  Mutation: Mutation;
  User: User;
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
};
