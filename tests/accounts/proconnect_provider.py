"""A real OpenID Connect provider in a process of its own, which signs its userinfo as ProConnect does, or badly.

`python -m tests.accounts.proconnect_provider` prints its port. How it answers for a person is her claim `mode`.
"""

from __future__ import annotations

import base64
import os
import sys
import time
from typing import Any

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import flask
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oidc_provider_mock import _app as mock
from oidc_provider_mock._storage import storage
from werkzeug.serving import make_server

CLIENT_ID = "reseau"
LATE_SECONDS = 3
_STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed_userinfo() -> flask.Response:
    token = storage.get_access_token(flask.request.headers["Authorization"].removeprefix("Bearer "))
    assert token is not None
    user = token.get_user()
    claims = {name: value for name, value in user.claims.items() if name != "mode"}
    mode = str(user.claims.get("mode", "good"))
    now = int(time.time())
    payload: dict[str, Any] = {
        "sub": user.sub,
        "iss": flask.request.host_url.rstrip("/"),
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 60,
        **claims,
    }
    payload |= {
        "another_audience": {"aud": "quelqu-un-d-autre"},
        "another_issuer": {"iss": "https://ailleurs.example.org"},
        "expired": {"exp": now - 3600, "iat": now - 7200},
        "another_person": {"sub": "quelqu-un-d-autre"},
    }.get(mode, {})
    if mode == "without_an_end":
        del payload["exp"]
    if mode == "late":
        time.sleep(LATE_SECONDS)
    if mode == "plain":
        return flask.jsonify(payload)
    return flask.Response(_sign(payload, mode), content_type="application/jwt")


def _sign(payload: dict[str, Any], mode: str) -> str:
    public = storage.jwk.as_dict()
    key: Any = storage.jwk.as_pem(is_private=True)
    headers = {"kid": public.get("kid") or storage.jwk.thumbprint()}
    if mode == "stranger":
        return jwt.encode(payload, _STRANGER, algorithm="RS256", headers=headers)
    if mode == "unknown_key":
        return jwt.encode(payload, _STRANGER, algorithm="RS256", headers={"kid": "inconnue"})
    if mode == "no_algorithm":
        return jwt.encode(payload, "", algorithm="none", headers=headers)
    if mode == "public_key_as_secret":
        modulus = base64.urlsafe_b64decode(public["n"] + "==")
        return jwt.encode(payload, modulus, algorithm="HS256", headers=headers)
    if mode == "garbage":
        return "ceci.nest.pas"
    return jwt.encode(payload, key, algorithm="RS256", headers=headers)


def main() -> None:
    app = mock.app()
    app.view_functions["oidc-provider-mock.userinfo"] = signed_userinfo
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
