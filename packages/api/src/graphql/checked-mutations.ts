/**
 * Checks with the issuer, before a mutation that can not be undone, that the account of the caller is still enabled.
 */
import type { Principal } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import { type Fragments, fragmentsOf } from '@fieldnotes/policy/fragments'
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

/** Root fields that need the check. */
const checkedFields: ReadonlySet<string> = new Set(['deleteNote', 'shareNote', 'updateProfile'])

/** Every root field, also in fragments. The document is valid, so that no fragment contains itself. */
function rootFields({ selections }: SelectionSetNode, fragments: Fragments): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value]
    const spread = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection
    return spread ? rootFields(spread.selectionSet, fragments) : []
  })
}

function needsCheck(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  return (
    operation.operation === 'mutation' &&
    rootFields(operation.selectionSet, fragmentsOf(document)).some((field) => checkedFields.has(field))
  )
}

/**
 * Refuses the whole operation.
 * @throws UNAUTHENTICATED for a disabled account, UNAVAILABLE when the issuer can't be reached
 */
export type AccountCheck = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  principal: Principal,
) => Promise<void>

/** The check with the issuer's answer. @throws UNAUTHENTICATED, UNAVAILABLE */
export function createAccountCheck(checkAccount: Identity['checkAccount']): AccountCheck {
  return async (document, operation, principal) => {
    if (needsCheck(document, operation)) await checkAccount(principal)
  }
}
