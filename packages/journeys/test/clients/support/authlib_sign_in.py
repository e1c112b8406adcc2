"""Signs in at a user pool with Authlib: authorization code with PKCE, refresh, client credentials. Prints the tokens."""

import html
import json
import re
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

issuer, username, password, machine_secret = sys.argv[1:5]
redirect_uri = "http://localhost:3000/callback"
metadata = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=10).json()


def come_back(location):
    """The address of the app, after the pages of the sign-in."""
    browser = requests.Session()
    page = browser.get(location, timeout=10)
    action = html.unescape(re.search(r'<form method="post" action="([^"]+)"', page.text).group(1))
    step = browser.post(
        requests.compat.urljoin(page.url, action),
        data={"username": username, "password": password},
        allow_redirects=False,
        timeout=10,
    )
    while not step.headers["location"].startswith(redirect_uri):
        target = requests.compat.urljoin(step.url, step.headers["location"])
        step = browser.get(target, allow_redirects=False, timeout=10)
    return step.headers["location"]


verifier = generate_token(48)
app = OAuth2Session(
    "localclient0001",
    scope="openid email profile notes/read notes/write",
    redirect_uri=redirect_uri,
    token_endpoint_auth_method="none",
    code_challenge_method="S256",
)
location, state = app.create_authorization_url(metadata["authorization_endpoint"], code_verifier=verifier)
first = dict(
    app.fetch_token(
        metadata["token_endpoint"], authorization_response=come_back(location), state=state, code_verifier=verifier
    )
)
second = dict(app.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"]))
app.revoke_token(metadata["revocation_endpoint"], token=second["refresh_token"], token_type_hint="refresh_token")
try:
    app.refresh_token(metadata["token_endpoint"], refresh_token=second["refresh_token"])
    ended = "it works"
except Exception as error:  # The library has one class for each error code.
    ended = getattr(error, "error", str(error))
machine = OAuth2Session("localmachine0001", machine_secret, scope="notes/read")
service = dict(machine.fetch_token(metadata["token_endpoint"], grant_type="client_credentials"))
tokens = {"person": first["access_token"], "refreshed": second["access_token"], "service": service["access_token"]}
print(json.dumps({**tokens, "ended": ended}))
