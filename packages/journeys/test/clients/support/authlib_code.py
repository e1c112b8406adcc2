"""Signs in at our own issuer with Authlib, in two steps around the browser: prints the address to open, reads where it
came back, and prints what the tokens did."""

import json
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

metadata = requests.get(sys.argv[1], timeout=10).json()
verifier = generate_token(48)
app = OAuth2Session(
    "terminal",
    scope="notes:read notes:write",
    redirect_uri="http://127.0.0.1:53682/callback",
    token_endpoint_auth_method="none",
    revocation_endpoint_auth_method="none",
    code_challenge_method="S256",
)
location, state = app.create_authorization_url(metadata["authorization_endpoint"], code_verifier=verifier)
print(location, flush=True)
came_back = sys.stdin.readline().strip()
first = dict(
    app.fetch_token(metadata["token_endpoint"], authorization_response=came_back, state=state, code_verifier=verifier)
)
second = dict(app.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"]))
app.revoke_token(metadata["revocation_endpoint"], token=second["refresh_token"], token_type_hint="refresh_token")
try:
    app.refresh_token(metadata["token_endpoint"], refresh_token=second["refresh_token"])
    ended = "it works"
except Exception as error:  # The library has one class for each error code.
    ended = getattr(error, "error", str(error))
print(json.dumps({"first": first["access_token"], "second": second["access_token"], "ended": ended}))
