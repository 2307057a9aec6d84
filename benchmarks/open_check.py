"""Whatever is asked of `/api/v1/`, it answers as it says (OpenAPI), and never by an error of ours: schemathesis asks.

The tool is installed beside the databases, in an environment of its own, from versions pinned by hash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from multiprocessing import Process
from typing import Any

from benchmarks.databases import environment, set_up
from benchmarks.machine import free_port, pinned

EXAMPLES = os.environ.get("EXAMPLES") or "60"
# Kept whole: a HEAD, or another method, is refused before any rule of the interface.
LEFT = "unsupported_method"


def serve(values: dict[str, str], port: int) -> None:
    """The demonstration's content; nobody is asked to slow down."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    set_up(values)
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    from commun.website.open import interface

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its parent's name)
            pass

    interface.LIMIT = 10**9
    call_command("load_demo", verbosity=0)
    with make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet) as server:
        server.serve_forever()


def main() -> None:
    program = str(pinned("open") / "bin" / "st")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with environment(database="sqlite", SITE_URL=address) as values:
        server = Process(target=serve, args=(values, port), daemon=True)
        server.start()
        schema = f"{address}/api/v1/openapi.json"
        while server.is_alive():
            try:
                urllib.request.urlopen(schema, timeout=60).close()
                break
            except OSError:
                time.sleep(0.5)
        options = ["--exclude-checks", LEFT, "--max-examples", EXAMPLES, "--no-color", "--continue-on-failure"]
        run = subprocess.run([program, "run", schema, *options], capture_output=True, text=True, check=False)
        server.terminate()
    print(run.stdout[-6000:] if run.returncode else run.stdout[-900:], flush=True)
    asked = re.search(r"([\d,]+) generated", run.stdout)
    print(f"open-check: clean={run.returncode == 0} generated={asked[1] if asked else 0}", flush=True)
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
