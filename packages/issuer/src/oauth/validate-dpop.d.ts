/** A module of oidc-provider that its types do not have. */
declare module 'oidc-provider/lib/helpers/validate_dpop.js' {
  import type Provider from 'oidc-provider'
  import type { KoaContextWithOIDC } from 'oidc-provider'

  /** The proof of a request, once it is verified. */
  export function getDpopJwt(
    provider: Provider,
    ctx: KoaContextWithOIDC,
  ): { readonly payload: { readonly jti?: unknown } } | undefined
}
