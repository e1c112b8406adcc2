"""Sends a POST that botocore signs. Arguments: URL, access key, secret, session token, body. Prints the answer."""
import sys
import urllib.request

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

url, key, secret, token, body = sys.argv[1:]
request = AWSRequest("POST", url, data=body, headers={"content-type": "application/json"})
SigV4Auth(Credentials(key, secret, token), "execute-api", "eu-west-1").add_auth(request)
sent = urllib.request.Request(url, data=body.encode(), headers=dict(request.headers), method="POST")
print(urllib.request.urlopen(sent).read().decode())
