/** Some operations can not be undone: before them the issuer is asked whether the caller's account still stands. */
import type { Principal } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import { type Fragments, fragmentsOf } from '@fieldnotes/policy/fragments'
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

/** Root fields that ask the issuer first. */
const confirmedFields: ReadonlySet<string> = new Set(['deleteNote', 'shareNote', 'updateProfile'])

/** Every field at the root, through fragments. The document is valid, so that no fragment holds itself. */
function rootFields({ selections }: SelectionSetNode, fragments: Fragments): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value]
    const spread = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection
    return spread ? rootFields(spread.selectionSet, fragments) : []
  })
}

/** Whether this operation asks the issuer first. */
function needsConfirmation(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  return (
    operation.operation === 'mutation' &&
    rootFields(operation.selectionSet, fragmentsOf(document)).some((field) => confirmedFields.has(field))
  )
}

/** Refuses such an operation, before anything of it runs, when the issuer has given up the caller or can't be asked. */
export type AccountCheck = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  principal: Principal,
) => Promise<void>

/** @throws UNAUTHENTICATED, UNAVAILABLE */
export function createAccountCheck(checkAccount: Identity['checkAccount']): AccountCheck {
  return async (document, operation, principal) => {
    if (needsConfirmation(document, operation)) await checkAccount(principal)
  }
}
