import type * as Schema from './types.ts'
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { App as AppModel, AppPage as AppPageModel, AppEntry as AppEntryModel } from '../sign-ins/third-party-apps.ts';
import type { Note as NoteModel, Share as ShareModel } from '../notes/note.ts';
import type { NotePage as NotePageModel, NoteEntry as NoteEntryModel } from '../notes/pages.ts';
import type { NoteGone as NoteGoneModel } from '../notes/sync/delta-sync.ts';
import type { Session as SessionModel, SessionPage as SessionPageModel, SessionEntry as SessionEntryModel } from '../sign-ins/sessions.ts';
import type { Person as PersonModel } from '../people/person.ts';
import type { Context } from '../resolvers/context.ts';
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };


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
) => Schema.Maybe<TTypes> | Promise<Schema.Maybe<TTypes>>;

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
    | ( Omit<Schema.NoteChanged, 'note'> & { note: _RefType['Note'] } )
    | ( NoteGoneModel )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( PersonModel )
    | ( SessionModel )
    | ( AppModel )
    | ( NoteModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Schema.Scalars['DateTime']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Schema.Scalars['ID']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Schema.Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Schema.Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  User: ResolverTypeWrapper<PersonModel>;
  Session: ResolverTypeWrapper<SessionModel>;
  Boolean: ResolverTypeWrapper<Schema.Scalars['Boolean']['output']>;
  SessionConnection: ResolverTypeWrapper<SessionPageModel>;
  SessionEdge: ResolverTypeWrapper<SessionEntryModel>;
  ConnectedApp: ResolverTypeWrapper<AppModel>;
  ConnectedAppConnection: ResolverTypeWrapper<AppPageModel>;
  ConnectedAppEdge: ResolverTypeWrapper<AppEntryModel>;
  Note: ResolverTypeWrapper<NoteModel>;
  Share: ResolverTypeWrapper<ShareModel>;
  NotePermissions: ResolverTypeWrapper<Schema.NotePermissions>;
  NoteRole: Schema.NoteRole;
  ShareRole: Schema.ShareRole;
  NoteColor: Schema.NoteColor;
  NoteFilter: Schema.NoteFilter;
  NoteOrder: Schema.NoteOrder;
  NoteOrderField: Schema.NoteOrderField;
  OrderDirection: Schema.OrderDirection;
  NoteConnection: ResolverTypeWrapper<NotePageModel>;
  NoteEdge: ResolverTypeWrapper<NoteEntryModel>;
  PageInfo: ResolverTypeWrapper<Schema.PageInfo>;
  TagCount: ResolverTypeWrapper<Schema.TagCount>;
  NoteChanges: ResolverTypeWrapper<Omit<Schema.NoteChanges, 'changes'> & { changes: Array<ResolversTypes['NoteChange']> }>;
  NoteChange: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['NoteChange']>;
  NoteChanged: ResolverTypeWrapper<Omit<Schema.NoteChanged, 'note'> & { note: ResolversTypes['Note'] }>;
  NoteGone: ResolverTypeWrapper<NoteGoneModel>;
  NoteGoneReason: Schema.NoteGoneReason;
  CreateNoteInput: Schema.CreateNoteInput;
  CreateNotePayload: ResolverTypeWrapper<Omit<Schema.CreateNotePayload, 'note'> & { note: ResolversTypes['Note'] }>;
  NewNoteInput: Schema.NewNoteInput;
  CreateNotesInput: Schema.CreateNotesInput;
  CreateNotesPayload: ResolverTypeWrapper<Omit<Schema.CreateNotesPayload, 'notes'> & { notes: Array<ResolversTypes['Note']> }>;
  UpdateNoteInput: Schema.UpdateNoteInput;
  UpdateNotePayload: ResolverTypeWrapper<Omit<Schema.UpdateNotePayload, 'note'> & { note: ResolversTypes['Note'] }>;
  TrashNoteInput: Schema.TrashNoteInput;
  TrashNotePayload: ResolverTypeWrapper<Omit<Schema.TrashNotePayload, 'note'> & { note: ResolversTypes['Note'] }>;
  RestoreNoteInput: Schema.RestoreNoteInput;
  RestoreNotePayload: ResolverTypeWrapper<Omit<Schema.RestoreNotePayload, 'note'> & { note: ResolversTypes['Note'] }>;
  DeleteNoteInput: Schema.DeleteNoteInput;
  DeleteNotePayload: ResolverTypeWrapper<Schema.DeleteNotePayload>;
  ShareNoteInput: Schema.ShareNoteInput;
  ShareNotePayload: ResolverTypeWrapper<Omit<Schema.ShareNotePayload, 'note'> & { note: ResolversTypes['Note'] }>;
  UnshareNoteInput: Schema.UnshareNoteInput;
  UnshareNotePayload: ResolverTypeWrapper<Omit<Schema.UnshareNotePayload, 'note'> & { note: ResolversTypes['Note'] }>;
  LeaveNoteInput: Schema.LeaveNoteInput;
  LeaveNotePayload: ResolverTypeWrapper<Schema.LeaveNotePayload>;
  UpdateProfileInput: Schema.UpdateProfileInput;
  UpdateProfilePayload: ResolverTypeWrapper<Omit<Schema.UpdateProfilePayload, 'me'> & { me: ResolversTypes['User'] }>;
  SignOutInput: Schema.SignOutInput;
  SignOutPayload: ResolverTypeWrapper<Schema.SignOutPayload>;
  RevokeSessionInput: Schema.RevokeSessionInput;
  RevokeSessionPayload: ResolverTypeWrapper<Schema.RevokeSessionPayload>;
  RevokeAppInput: Schema.RevokeAppInput;
  RevokeAppPayload: ResolverTypeWrapper<Schema.RevokeAppPayload>;
  ExportMyDataInput: Schema.ExportMyDataInput;
  ExportMyDataPayload: ResolverTypeWrapper<Schema.ExportMyDataPayload>;
  ExportStatus: Schema.ExportStatus;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Schema.Scalars['DateTime']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Schema.Scalars['ID']['output'];
  Query: Record<PropertyKey, never>;
  Int: Schema.Scalars['Int']['output'];
  String: Schema.Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  User: PersonModel;
  Session: SessionModel;
  Boolean: Schema.Scalars['Boolean']['output'];
  SessionConnection: SessionPageModel;
  SessionEdge: SessionEntryModel;
  ConnectedApp: AppModel;
  ConnectedAppConnection: AppPageModel;
  ConnectedAppEdge: AppEntryModel;
  Note: NoteModel;
  Share: ShareModel;
  NotePermissions: Schema.NotePermissions;
  NoteFilter: Schema.NoteFilter;
  NoteOrder: Schema.NoteOrder;
  NoteConnection: NotePageModel;
  NoteEdge: NoteEntryModel;
  PageInfo: Schema.PageInfo;
  TagCount: Schema.TagCount;
  NoteChanges: Omit<Schema.NoteChanges, 'changes'> & { changes: Array<ResolversParentTypes['NoteChange']> };
  NoteChange: ResolversUnionTypes<ResolversParentTypes>['NoteChange'];
  NoteChanged: Omit<Schema.NoteChanged, 'note'> & { note: ResolversParentTypes['Note'] };
  NoteGone: NoteGoneModel;
  CreateNoteInput: Schema.CreateNoteInput;
  CreateNotePayload: Omit<Schema.CreateNotePayload, 'note'> & { note: ResolversParentTypes['Note'] };
  NewNoteInput: Schema.NewNoteInput;
  CreateNotesInput: Schema.CreateNotesInput;
  CreateNotesPayload: Omit<Schema.CreateNotesPayload, 'notes'> & { notes: Array<ResolversParentTypes['Note']> };
  UpdateNoteInput: Schema.UpdateNoteInput;
  UpdateNotePayload: Omit<Schema.UpdateNotePayload, 'note'> & { note: ResolversParentTypes['Note'] };
  TrashNoteInput: Schema.TrashNoteInput;
  TrashNotePayload: Omit<Schema.TrashNotePayload, 'note'> & { note: ResolversParentTypes['Note'] };
  RestoreNoteInput: Schema.RestoreNoteInput;
  RestoreNotePayload: Omit<Schema.RestoreNotePayload, 'note'> & { note: ResolversParentTypes['Note'] };
  DeleteNoteInput: Schema.DeleteNoteInput;
  DeleteNotePayload: Schema.DeleteNotePayload;
  ShareNoteInput: Schema.ShareNoteInput;
  ShareNotePayload: Omit<Schema.ShareNotePayload, 'note'> & { note: ResolversParentTypes['Note'] };
  UnshareNoteInput: Schema.UnshareNoteInput;
  UnshareNotePayload: Omit<Schema.UnshareNotePayload, 'note'> & { note: ResolversParentTypes['Note'] };
  LeaveNoteInput: Schema.LeaveNoteInput;
  LeaveNotePayload: Schema.LeaveNotePayload;
  UpdateProfileInput: Schema.UpdateProfileInput;
  UpdateProfilePayload: Omit<Schema.UpdateProfilePayload, 'me'> & { me: ResolversParentTypes['User'] };
  SignOutInput: Schema.SignOutInput;
  SignOutPayload: Schema.SignOutPayload;
  RevokeSessionInput: Schema.RevokeSessionInput;
  RevokeSessionPayload: Schema.RevokeSessionPayload;
  RevokeAppInput: Schema.RevokeAppInput;
  RevokeAppPayload: Schema.RevokeAppPayload;
  ExportMyDataInput: Schema.ExportMyDataInput;
  ExportMyDataPayload: Schema.ExportMyDataPayload;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'User' | 'Session' | 'ConnectedApp' | 'Note', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType, RequireFields<Schema.QueryNoteArgs, 'id'>>;
  notes?: Resolver<ResolversTypes['NoteConnection'], ParentType, ContextType, Partial<Schema.QueryNotesArgs>>;
  sharedWithMe?: Resolver<ResolversTypes['NoteConnection'], ParentType, ContextType, Partial<Schema.QuerySharedWithMeArgs>>;
  tags?: Resolver<Array<ResolversTypes['TagCount']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Node'], ParentType, ContextType, RequireFields<Schema.QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<Schema.QueryNodesArgs, 'ids'>>;
  changes?: Resolver<ResolversTypes['NoteChanges'], ParentType, ContextType, Partial<Schema.QueryChangesArgs>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createNote?: Resolver<ResolversTypes['CreateNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationCreateNoteArgs, 'input'>>;
  createNotes?: Resolver<ResolversTypes['CreateNotesPayload'], ParentType, ContextType, RequireFields<Schema.MutationCreateNotesArgs, 'input'>>;
  updateNote?: Resolver<ResolversTypes['UpdateNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationUpdateNoteArgs, 'input'>>;
  trashNote?: Resolver<ResolversTypes['TrashNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationTrashNoteArgs, 'input'>>;
  restoreNote?: Resolver<ResolversTypes['RestoreNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationRestoreNoteArgs, 'input'>>;
  deleteNote?: Resolver<ResolversTypes['DeleteNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationDeleteNoteArgs, 'input'>>;
  shareNote?: Resolver<ResolversTypes['ShareNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationShareNoteArgs, 'input'>>;
  unshareNote?: Resolver<ResolversTypes['UnshareNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationUnshareNoteArgs, 'input'>>;
  leaveNote?: Resolver<ResolversTypes['LeaveNotePayload'], ParentType, ContextType, RequireFields<Schema.MutationLeaveNoteArgs, 'input'>>;
  updateProfile?: Resolver<ResolversTypes['UpdateProfilePayload'], ParentType, ContextType, RequireFields<Schema.MutationUpdateProfileArgs, 'input'>>;
  signOut?: Resolver<ResolversTypes['SignOutPayload'], ParentType, ContextType, RequireFields<Schema.MutationSignOutArgs, 'input'>>;
  revokeSession?: Resolver<ResolversTypes['RevokeSessionPayload'], ParentType, ContextType, RequireFields<Schema.MutationRevokeSessionArgs, 'input'>>;
  revokeApp?: Resolver<ResolversTypes['RevokeAppPayload'], ParentType, ContextType, RequireFields<Schema.MutationRevokeAppArgs, 'input'>>;
  exportMyData?: Resolver<ResolversTypes['ExportMyDataPayload'], ParentType, ContextType, RequireFields<Schema.MutationExportMyDataArgs, 'input'>>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  handle?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sessions?: Resolver<ResolversTypes['SessionConnection'], ParentType, ContextType, Partial<Schema.UserSessionsArgs>>;
  apps?: Resolver<ResolversTypes['ConnectedAppConnection'], ParentType, ContextType, Partial<Schema.UserAppsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  userAgent?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  firstSeen?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastSeen?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SessionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SessionConnection'] = ResolversParentTypes['SessionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SessionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Session']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SessionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SessionEdge'] = ResolversParentTypes['SessionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Session'], ParentType, ContextType>;
};

export type ConnectedAppResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectedApp'] = ResolversParentTypes['ConnectedApp']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  clientId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConnectedAppConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectedAppConnection'] = ResolversParentTypes['ConnectedAppConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ConnectedAppEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ConnectedApp']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ConnectedAppEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectedAppEdge'] = ResolversParentTypes['ConnectedAppEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ConnectedApp'], ParentType, ContextType>;
};

export type NoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Note'] = ResolversParentTypes['Note']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  pinned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  color?: Resolver<Schema.Maybe<ResolversTypes['NoteColor']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  trashedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  viewerRole?: Resolver<ResolversTypes['NoteRole'], ParentType, ContextType>;
  viewerCan?: Resolver<ResolversTypes['NotePermissions'], ParentType, ContextType>;
  shares?: Resolver<Array<ResolversTypes['Share']>, ParentType, ContextType>;
  lastEditedWith?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ShareResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Share'] = ResolversParentTypes['Share']> = {
  person?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['ShareRole'], ParentType, ContextType>;
  sharedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type NotePermissionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotePermissions'] = ResolversParentTypes['NotePermissions']> = {
  update?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  trash?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  restore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  delete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  leave?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type NoteConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteConnection'] = ResolversParentTypes['NoteConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NoteEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Note']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type NoteEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteEdge'] = ResolversParentTypes['NoteEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TagCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TagCount'] = ResolversParentTypes['TagCount']> = {
  tag?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NoteChangesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteChanges'] = ResolversParentTypes['NoteChanges']> = {
  changes?: Resolver<Array<ResolversTypes['NoteChange']>, ParentType, ContextType>;
  cursor?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  resyncRequired?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type NoteChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteChange'] = ResolversParentTypes['NoteChange']> = {
  __resolveType: TypeResolveFn<'NoteChanged' | 'NoteGone', ParentType, ContextType>;
};

export type NoteChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteChanged'] = ResolversParentTypes['NoteChanged']> = {
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NoteGoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteGone'] = ResolversParentTypes['NoteGone']> = {
  noteId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['NoteGoneReason'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateNotePayload'] = ResolversParentTypes['CreateNotePayload']> = {
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type CreateNotesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateNotesPayload'] = ResolversParentTypes['CreateNotesPayload']> = {
  notes?: Resolver<Array<ResolversTypes['Note']>, ParentType, ContextType>;
};

export type UpdateNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateNotePayload'] = ResolversParentTypes['UpdateNotePayload']> = {
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type TrashNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrashNotePayload'] = ResolversParentTypes['TrashNotePayload']> = {
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type RestoreNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RestoreNotePayload'] = ResolversParentTypes['RestoreNotePayload']> = {
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type DeleteNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteNotePayload'] = ResolversParentTypes['DeleteNotePayload']> = {
  deletedNoteId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ShareNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShareNotePayload'] = ResolversParentTypes['ShareNotePayload']> = {
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type UnshareNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnshareNotePayload'] = ResolversParentTypes['UnshareNotePayload']> = {
  note?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type LeaveNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeaveNotePayload'] = ResolversParentTypes['LeaveNotePayload']> = {
  leftNoteId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UpdateProfilePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfilePayload'] = ResolversParentTypes['UpdateProfilePayload']> = {
  me?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SignOutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignOutPayload'] = ResolversParentTypes['SignOutPayload']> = {
  everywhere?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endedUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refusedFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RevokeSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeSessionPayload'] = ResolversParentTypes['RevokeSessionPayload']> = {
  revokedSessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  refusedFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RevokeAppPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeAppPayload'] = ResolversParentTypes['RevokeAppPayload']> = {
  revokedClientId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusedFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ExportMyDataPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportMyDataPayload'] = ResolversParentTypes['ExportMyDataPayload']> = {
  exportId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExportStatus'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  archive?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SessionConnection?: SessionConnectionResolvers<ContextType>;
  SessionEdge?: SessionEdgeResolvers<ContextType>;
  ConnectedApp?: ConnectedAppResolvers<ContextType>;
  ConnectedAppConnection?: ConnectedAppConnectionResolvers<ContextType>;
  ConnectedAppEdge?: ConnectedAppEdgeResolvers<ContextType>;
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
  SignOutPayload?: SignOutPayloadResolvers<ContextType>;
  RevokeSessionPayload?: RevokeSessionPayloadResolvers<ContextType>;
  RevokeAppPayload?: RevokeAppPayloadResolvers<ContextType>;
  ExportMyDataPayload?: ExportMyDataPayloadResolvers<ContextType>;
};

