"""Links an account at our own issuer with Authlib, as an app of a third party, in two steps around the browser: prints
the address to open, reads where it came back, and prints what the tokens did."""

import json
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

address, client_id, client_secret, auth, redirect_uri, pkce = sys.argv[1:]
metadata = requests.get(address, timeout=10).json()
verifier = generate_token(48) if pkce == "S256" else None
app = OAuth2Session(
    client_id,
    client_secret or None,
    scope="notes:read",
    redirect_uri=redirect_uri,
    token_endpoint_auth_method=auth,
    revocation_endpoint_auth_method=auth,
    code_challenge_method="S256" if verifier else None,
)
more = {"code_verifier": verifier} if verifier else {}
location, state = app.create_authorization_url(metadata["authorization_endpoint"], provider="Cognito", **more)
print(location, flush=True)
came_back = sys.stdin.readline().strip()
first = dict(app.fetch_token(metadata["token_endpoint"], authorization_response=came_back, state=state, **more))
second = dict(app.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"]))
token = second["access_token"]
known = app.introspect_token(metadata["introspection_endpoint"], token=token).json()
person = app.get(metadata["userinfo_endpoint"]).json()
app.revoke_token(metadata["revocation_endpoint"], token=token)
after = app.introspect_token(metadata["introspection_endpoint"], token=token).json()
print(json.dumps({"first": first, "second": second, "known": known, "person": person, "after": after}))
