"""Drives each grant of our own issuer with Authlib, and verifies what comes back by its key set. Prints the claims."""

import json
import sys

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt
from authlib.oauth2.rfc7523 import PrivateKeyJWT

metadata_url, robot_secret, portal_secret, partner_key, subject, exporter = sys.argv[1:7]
metadata = requests.get(metadata_url, timeout=10).json()
keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"], timeout=10).json())
endpoint = metadata["token_endpoint"]


def claims_of(token):
    claims = jwt.decode(token["access_token"], keys)
    claims.validate()
    return dict(claims)


robot = OAuth2Session("robot", robot_secret, token_endpoint_auth_method="client_secret_basic")
machine = robot.fetch_token(endpoint, grant_type="client_credentials", scope="notes:read")

partner = OAuth2Session("partner", json.loads(partner_key), token_endpoint_auth_method="private_key_jwt")
partner.register_client_auth_method(PrivateKeyJWT(endpoint, alg="ES256"))
assertion = partner.fetch_token(endpoint, grant_type="client_credentials")

portal = OAuth2Session("portal", portal_secret, token_endpoint_auth_method="client_secret_basic")
exchanged = portal.fetch_token(
    endpoint,
    grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token=subject,
    subject_token_type="urn:ietf:params:oauth:token-type:access_token",
    resource=exporter,
    scope="notes:read",
)

print(
    json.dumps(
        {
            "machine": claims_of(machine),
            "assertion": claims_of(assertion),
            "exchanged": claims_of(exchanged),
            "token": machine["access_token"],
        }
    )
)
