import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
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
   * The caller's own notes, by last change unless asked otherwise. Pages are full, and stable while others write.
   * Takes `first` with `after`, or `last` with `before`; 1 to 100, 20 when neither is given.
   */
  notes?: Maybe<NoteConnection>;
  /** Notes that others share with the caller, the latest share first. Arguments as for `notes`. */
  sharedWithMe?: Maybe<NoteConnection>;
  /** The caller's tags by name, with how many notes outside the trash carry each. */
  tags?: Maybe<Array<TagCount>>;
  /** Any object by its id. */
  node?: Maybe<Node>;
  /** Objects by their ids, in the order asked, at most 100. One that is absent or not yours is null with NOT_FOUND. */
  nodes?: Maybe<Array<Maybe<Node>>>;
  /**
   * What changed for the caller since a cursor of an earlier answer, oldest change first; from the beginning without one.
   * At most 100 a page (20 by default). A cursor older than 30 days answers `resyncRequired`: start again without one.
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
  /** Writes 1 to 25 new notes, all or none. */
  createNotes?: Maybe<CreateNotesPayload>;
  /** Changes the members that are given and leaves the others. The owner or an editor. */
  updateNote?: Maybe<UpdateNotePayload>;
  /** Puts a note into the trash, where only its owner sees it. The owner. */
  trashNote?: Maybe<TrashNotePayload>;
  /** Takes a note out of the trash; whoever it was shared with sees it again. The owner. */
  restoreNote?: Maybe<RestoreNotePayload>;
  /** Deletes a note for good, with its shares. The owner. */
  deleteNote?: Maybe<DeleteNotePayload>;
  /** Lets another person read or edit a note, or changes what they may. At most 50 people a note. The owner. */
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
  id: Scalars['ID']['output'];
  /** The name the person goes by. Seen by everyone who shares a note with them. */
  name?: Maybe<Scalars['String']['output']>;
  /** A verified address. Seen by the person alone. */
  email?: Maybe<Scalars['String']['output']>;
  /** The unguessable code by which others share notes with this person: who is not told it can't find them. Seen by the person alone. */
  handle?: Maybe<Scalars['String']['output']>;
};

/** A note. */
export type Note = Node & {
  __typename?: 'Note';
  id: Scalars['ID']['output'];
  /** 1 to 200 characters. */
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
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When title, content, tags, pin, color, shares or trash last changed. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was put into the trash. Null outside it. */
  trashedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whose note it is. Can't be changed. */
  owner?: Maybe<User>;
  /** What the caller is to this note. */
  viewerRole?: Maybe<NoteRole>;
  /** What the caller may do with this note, by the same rules that decide. */
  viewerCan?: Maybe<NotePermissions>;
  /** Whom it is shared with. Seen by the owner alone. */
  shares?: Maybe<Array<Share>>;
  /** The OAuth client that made the last change. Needs the scope `notes:audit`. */
  lastEditedWith?: Maybe<Scalars['String']['output']>;
  /** Bytes of the stored item. Seen by the group `staff`. */
  sizeBytes?: Maybe<Scalars['Int']['output']>;
};

export type Share = {
  __typename?: 'Share';
  person?: Maybe<User>;
  role?: Maybe<ShareRole>;
  sharedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type NotePermissions = {
  __typename?: 'NotePermissions';
  update?: Maybe<Scalars['Boolean']['output']>;
  trash?: Maybe<Scalars['Boolean']['output']>;
  restore?: Maybe<Scalars['Boolean']['output']>;
  delete?: Maybe<Scalars['Boolean']['output']>;
  share?: Maybe<Scalars['Boolean']['output']>;
  leave?: Maybe<Scalars['Boolean']['output']>;
};

export type NoteRole =
  | 'OWNER'
  | 'EDITOR'
  | 'VIEWER';

export type ShareRole =
  | 'EDITOR'
  | 'VIEWER';

export type NoteColor =
  | 'RED'
  | 'ORANGE'
  | 'YELLOW'
  | 'GREEN'
  | 'BLUE'
  | 'PURPLE'
  | 'GRAY';

export type NoteFilter = {
  /** Only notes that carry this tag. */
  tag?: InputMaybe<Scalars['String']['input']>;
  /** Only pinned or only unpinned notes. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only notes changed at or after this instant. */
  updatedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** True for the trash alone. Without it, or false: only notes outside the trash. */
  trashed?: InputMaybe<Scalars['Boolean']['input']>;
};

export type NoteOrder = {
  field: NoteOrderField;
  direction: OrderDirection;
};

export type NoteOrderField =
  | 'UPDATED_AT'
  | 'CREATED_AT';

export type OrderDirection =
  | 'ASC'
  | 'DESC';

/** A page of notes (GraphQL Cursor Connections). */
export type NoteConnection = {
  __typename?: 'NoteConnection';
  edges?: Maybe<Array<NoteEdge>>;
  nodes?: Maybe<Array<Note>>;
  pageInfo: PageInfo;
};

export type NoteEdge = {
  __typename?: 'NoteEdge';
  /** Good for this caller and this list only. */
  cursor: Scalars['String']['output'];
  node?: Maybe<Note>;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type TagCount = {
  __typename?: 'TagCount';
  tag?: Maybe<Scalars['String']['output']>;
  count?: Maybe<Scalars['Int']['output']>;
};

/** One page of changes. */
export type NoteChanges = {
  __typename?: 'NoteChanges';
  changes?: Maybe<Array<NoteChange>>;
  /** Hand it to the next call of `changes`. */
  cursor?: Maybe<Scalars['String']['output']>;
  /** Whether more changes wait behind `cursor`. */
  hasMore?: Maybe<Scalars['Boolean']['output']>;
  /** True when `since` is too old to be continued: drop what you have and start again without it. */
  resyncRequired?: Maybe<Scalars['Boolean']['output']>;
};

export type NoteChange = NoteChanged | NoteGone;

/** The note is new or was changed, trashed, restored, or shared with the caller: here it is as it stands now. */
export type NoteChanged = {
  __typename?: 'NoteChanged';
  note?: Maybe<Note>;
};

/** The caller sees this note no longer. */
export type NoteGone = {
  __typename?: 'NoteGone';
  noteId?: Maybe<Scalars['ID']['output']>;
  reason?: Maybe<NoteGoneReason>;
  at?: Maybe<Scalars['DateTime']['output']>;
};

export type NoteGoneReason =
  /** Deleted for good. */
  | 'DELETED'
  /** The share was taken back or given up, or the owner put the note into the trash. */
  | 'UNSHARED';

export type CreateNoteInput = {
  title: Scalars['String']['input'];
  content?: InputMaybe<Scalars['String']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  color?: InputMaybe<NoteColor>;
  /** 1 to 64 visible ASCII characters, unique to this change. Repeating the call with it within 24 hours repeats the answer, not the change. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type CreateNotePayload = {
  __typename?: 'CreateNotePayload';
  note?: Maybe<Note>;
};

export type NewNoteInput = {
  title: Scalars['String']['input'];
  content?: InputMaybe<Scalars['String']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  color?: InputMaybe<NoteColor>;
};

export type CreateNotesInput = {
  notes: Array<NewNoteInput>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type CreateNotesPayload = {
  __typename?: 'CreateNotesPayload';
  notes?: Maybe<Array<Note>>;
};

export type UpdateNoteInput = {
  id: Scalars['ID']['input'];
  /** The version that was read. CONFLICT when the note has moved on. Without it the change applies to whatever stands there. */
  version?: InputMaybe<Scalars['Int']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
  content?: InputMaybe<Scalars['String']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Null takes the color away. */
  color?: InputMaybe<NoteColor>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateNotePayload = {
  __typename?: 'UpdateNotePayload';
  note?: Maybe<Note>;
};

export type TrashNoteInput = {
  id: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type TrashNotePayload = {
  __typename?: 'TrashNotePayload';
  note?: Maybe<Note>;
};

export type RestoreNoteInput = {
  id: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type RestoreNotePayload = {
  __typename?: 'RestoreNotePayload';
  note?: Maybe<Note>;
};

export type DeleteNoteInput = {
  id: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type DeleteNotePayload = {
  __typename?: 'DeleteNotePayload';
  deletedNoteId?: Maybe<Scalars['ID']['output']>;
};

export type ShareNoteInput = {
  id: Scalars['ID']['input'];
  /** The `handle` of the person, as that person gave it. */
  handle: Scalars['String']['input'];
  role: ShareRole;
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type ShareNotePayload = {
  __typename?: 'ShareNotePayload';
  note?: Maybe<Note>;
};

export type UnshareNoteInput = {
  id: Scalars['ID']['input'];
  /** The id of the person, from `Note.shares`. */
  personId: Scalars['ID']['input'];
  /** As for `updateNote`. */
  version?: InputMaybe<Scalars['Int']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type UnshareNotePayload = {
  __typename?: 'UnshareNotePayload';
  note?: Maybe<Note>;
};

export type LeaveNoteInput = {
  id: Scalars['ID']['input'];
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type LeaveNotePayload = {
  __typename?: 'LeaveNotePayload';
  leftNoteId?: Maybe<Scalars['ID']['output']>;
};

export type UpdateProfileInput = {
  /** 1 to 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** True makes a new handle; the old one stops working. */
  renewHandle?: InputMaybe<Scalars['Boolean']['input']>;
  /** As for `createNote`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateProfilePayload = {
  __typename?: 'UpdateProfilePayload';
  me?: Maybe<User>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  NoteChange:
    | ( NoteChanged )
    | ( NoteGone )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( User )
    | ( Note )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  User: ResolverTypeWrapper<User>;
  Note: ResolverTypeWrapper<Note>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Share: ResolverTypeWrapper<Share>;
  NotePermissions: ResolverTypeWrapper<NotePermissions>;
  NoteRole: NoteRole;
  ShareRole: ShareRole;
  NoteColor: NoteColor;
  NoteFilter: NoteFilter;
  NoteOrder: NoteOrder;
  NoteOrderField: NoteOrderField;
  OrderDirection: OrderDirection;
  NoteConnection: ResolverTypeWrapper<NoteConnection>;
  NoteEdge: ResolverTypeWrapper<NoteEdge>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  TagCount: ResolverTypeWrapper<TagCount>;
  NoteChanges: ResolverTypeWrapper<Omit<NoteChanges, 'changes'> & { changes?: Maybe<Array<ResolversTypes['NoteChange']>> }>;
  NoteChange: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['NoteChange']>;
  NoteChanged: ResolverTypeWrapper<NoteChanged>;
  NoteGone: ResolverTypeWrapper<NoteGone>;
  NoteGoneReason: NoteGoneReason;
  CreateNoteInput: CreateNoteInput;
  CreateNotePayload: ResolverTypeWrapper<CreateNotePayload>;
  NewNoteInput: NewNoteInput;
  CreateNotesInput: CreateNotesInput;
  CreateNotesPayload: ResolverTypeWrapper<CreateNotesPayload>;
  UpdateNoteInput: UpdateNoteInput;
  UpdateNotePayload: ResolverTypeWrapper<UpdateNotePayload>;
  TrashNoteInput: TrashNoteInput;
  TrashNotePayload: ResolverTypeWrapper<TrashNotePayload>;
  RestoreNoteInput: RestoreNoteInput;
  RestoreNotePayload: ResolverTypeWrapper<RestoreNotePayload>;
  DeleteNoteInput: DeleteNoteInput;
  DeleteNotePayload: ResolverTypeWrapper<DeleteNotePayload>;
  ShareNoteInput: ShareNoteInput;
  ShareNotePayload: ResolverTypeWrapper<ShareNotePayload>;
  UnshareNoteInput: UnshareNoteInput;
  UnshareNotePayload: ResolverTypeWrapper<UnshareNotePayload>;
  LeaveNoteInput: LeaveNoteInput;
  LeaveNotePayload: ResolverTypeWrapper<LeaveNotePayload>;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: ResolverTypeWrapper<UpdateProfilePayload>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  User: User;
  Note: Note;
  Boolean: Scalars['Boolean']['output'];
  Share: Share;
  NotePermissions: NotePermissions;
  NoteFilter: NoteFilter;
  NoteOrder: NoteOrder;
  NoteConnection: NoteConnection;
  NoteEdge: NoteEdge;
  PageInfo: PageInfo;
  TagCount: TagCount;
  NoteChanges: Omit<NoteChanges, 'changes'> & { changes?: Maybe<Array<ResolversParentTypes['NoteChange']>> };
  NoteChange: ResolversUnionTypes<ResolversParentTypes>['NoteChange'];
  NoteChanged: NoteChanged;
  NoteGone: NoteGone;
  CreateNoteInput: CreateNoteInput;
  CreateNotePayload: CreateNotePayload;
  NewNoteInput: NewNoteInput;
  CreateNotesInput: CreateNotesInput;
  CreateNotesPayload: CreateNotesPayload;
  UpdateNoteInput: UpdateNoteInput;
  UpdateNotePayload: UpdateNotePayload;
  TrashNoteInput: TrashNoteInput;
  TrashNotePayload: TrashNotePayload;
  RestoreNoteInput: RestoreNoteInput;
  RestoreNotePayload: RestoreNotePayload;
  DeleteNoteInput: DeleteNoteInput;
  DeleteNotePayload: DeleteNotePayload;
  ShareNoteInput: ShareNoteInput;
  ShareNotePayload: ShareNotePayload;
  UnshareNoteInput: UnshareNoteInput;
  UnshareNotePayload: UnshareNotePayload;
  LeaveNoteInput: LeaveNoteInput;
  LeaveNotePayload: LeaveNotePayload;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: UpdateProfilePayload;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'User' | 'Note', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType, RequireFields<QueryNoteArgs, 'id'>>;
  notes?: Resolver<Maybe<ResolversTypes['NoteConnection']>, ParentType, ContextType, Partial<QueryNotesArgs>>;
  sharedWithMe?: Resolver<Maybe<ResolversTypes['NoteConnection']>, ParentType, ContextType, Partial<QuerySharedWithMeArgs>>;
  tags?: Resolver<Maybe<Array<ResolversTypes['TagCount']>>, ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Maybe<Array<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  changes?: Resolver<Maybe<ResolversTypes['NoteChanges']>, ParentType, ContextType, Partial<QueryChangesArgs>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createNote?: Resolver<Maybe<ResolversTypes['CreateNotePayload']>, ParentType, ContextType, RequireFields<MutationCreateNoteArgs, 'input'>>;
  createNotes?: Resolver<Maybe<ResolversTypes['CreateNotesPayload']>, ParentType, ContextType, RequireFields<MutationCreateNotesArgs, 'input'>>;
  updateNote?: Resolver<Maybe<ResolversTypes['UpdateNotePayload']>, ParentType, ContextType, RequireFields<MutationUpdateNoteArgs, 'input'>>;
  trashNote?: Resolver<Maybe<ResolversTypes['TrashNotePayload']>, ParentType, ContextType, RequireFields<MutationTrashNoteArgs, 'input'>>;
  restoreNote?: Resolver<Maybe<ResolversTypes['RestoreNotePayload']>, ParentType, ContextType, RequireFields<MutationRestoreNoteArgs, 'input'>>;
  deleteNote?: Resolver<Maybe<ResolversTypes['DeleteNotePayload']>, ParentType, ContextType, RequireFields<MutationDeleteNoteArgs, 'input'>>;
  shareNote?: Resolver<Maybe<ResolversTypes['ShareNotePayload']>, ParentType, ContextType, RequireFields<MutationShareNoteArgs, 'input'>>;
  unshareNote?: Resolver<Maybe<ResolversTypes['UnshareNotePayload']>, ParentType, ContextType, RequireFields<MutationUnshareNoteArgs, 'input'>>;
  leaveNote?: Resolver<Maybe<ResolversTypes['LeaveNotePayload']>, ParentType, ContextType, RequireFields<MutationLeaveNoteArgs, 'input'>>;
  updateProfile?: Resolver<Maybe<ResolversTypes['UpdateProfilePayload']>, ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  handle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Note'] = ResolversParentTypes['Note']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  pinned?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  color?: Resolver<Maybe<ResolversTypes['NoteColor']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  trashedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  viewerRole?: Resolver<Maybe<ResolversTypes['NoteRole']>, ParentType, ContextType>;
  viewerCan?: Resolver<Maybe<ResolversTypes['NotePermissions']>, ParentType, ContextType>;
  shares?: Resolver<Maybe<Array<ResolversTypes['Share']>>, ParentType, ContextType>;
  lastEditedWith?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sizeBytes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ShareResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Share'] = ResolversParentTypes['Share']> = {
  person?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['ShareRole']>, ParentType, ContextType>;
  sharedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type NotePermissionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotePermissions'] = ResolversParentTypes['NotePermissions']> = {
  update?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  trash?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  restore?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  delete?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  share?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  leave?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type NoteConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteConnection'] = ResolversParentTypes['NoteConnection']> = {
  edges?: Resolver<Maybe<Array<ResolversTypes['NoteEdge']>>, ParentType, ContextType>;
  nodes?: Resolver<Maybe<Array<ResolversTypes['Note']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type NoteEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteEdge'] = ResolversParentTypes['NoteEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TagCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TagCount'] = ResolversParentTypes['TagCount']> = {
  tag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type NoteChangesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteChanges'] = ResolversParentTypes['NoteChanges']> = {
  changes?: Resolver<Maybe<Array<ResolversTypes['NoteChange']>>, ParentType, ContextType>;
  cursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasMore?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  resyncRequired?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type NoteChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteChange'] = ResolversParentTypes['NoteChange']> = {
  __resolveType: TypeResolveFn<'NoteChanged' | 'NoteGone', ParentType, ContextType>;
};

export type NoteChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteChanged'] = ResolversParentTypes['NoteChanged']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NoteGoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteGone'] = ResolversParentTypes['NoteGone']> = {
  noteId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['NoteGoneReason']>, ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateNotePayload'] = ResolversParentTypes['CreateNotePayload']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type CreateNotesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateNotesPayload'] = ResolversParentTypes['CreateNotesPayload']> = {
  notes?: Resolver<Maybe<Array<ResolversTypes['Note']>>, ParentType, ContextType>;
};

export type UpdateNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateNotePayload'] = ResolversParentTypes['UpdateNotePayload']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type TrashNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrashNotePayload'] = ResolversParentTypes['TrashNotePayload']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type RestoreNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RestoreNotePayload'] = ResolversParentTypes['RestoreNotePayload']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type DeleteNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteNotePayload'] = ResolversParentTypes['DeleteNotePayload']> = {
  deletedNoteId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ShareNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShareNotePayload'] = ResolversParentTypes['ShareNotePayload']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type UnshareNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnshareNotePayload'] = ResolversParentTypes['UnshareNotePayload']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type LeaveNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeaveNotePayload'] = ResolversParentTypes['LeaveNotePayload']> = {
  leftNoteId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type UpdateProfilePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfilePayload'] = ResolversParentTypes['UpdateProfilePayload']> = {
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Note?: NoteResolvers<ContextType>;
  Share?: ShareResolvers<ContextType>;
  NotePermissions?: NotePermissionsResolvers<ContextType>;
  NoteConnection?: NoteConnectionResolvers<ContextType>;
  NoteEdge?: NoteEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  TagCount?: TagCountResolvers<ContextType>;
  NoteChanges?: NoteChangesResolvers<ContextType>;
  NoteChange?: NoteChangeResolvers<ContextType>;
  NoteChanged?: NoteChangedResolvers<ContextType>;
  NoteGone?: NoteGoneResolvers<ContextType>;
  CreateNotePayload?: CreateNotePayloadResolvers<ContextType>;
  CreateNotesPayload?: CreateNotesPayloadResolvers<ContextType>;
  UpdateNotePayload?: UpdateNotePayloadResolvers<ContextType>;
  TrashNotePayload?: TrashNotePayloadResolvers<ContextType>;
  RestoreNotePayload?: RestoreNotePayloadResolvers<ContextType>;
  DeleteNotePayload?: DeleteNotePayloadResolvers<ContextType>;
  ShareNotePayload?: ShareNotePayloadResolvers<ContextType>;
  UnshareNotePayload?: UnshareNotePayloadResolvers<ContextType>;
  LeaveNotePayload?: LeaveNotePayloadResolvers<ContextType>;
  UpdateProfilePayload?: UpdateProfilePayloadResolvers<ContextType>;
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
