"""`python -m tests.upgrade.freeze`, once, when a release is made: the demonstration as that release left it, on each
engine, and the hashes of its migrations. From then on none of these files changes, nor any migration it names.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREE = HERE.parent.parent
SECRET_KEY = "tests-only-" + "x" * 50  # of tests/settings.py: a backup is restored under the key it was made with
ENGINES = ("sqlite", "postgresql")


def migrations() -> dict[str, str]:
    """Path and hash of every migration of ours."""
    paths = sorted(TREE.glob("commun/*/migrations/[0-9]*.py"))
    return {str(path.relative_to(TREE)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def version() -> str:
    return str(tomllib.loads((TREE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def kept(release: str, engine: str) -> Path:
    return HERE / f"{release}.{engine}.tar.xz"


def _freeze(engine: str) -> None:
    from benchmarks.databases import environment, set_up
    from commun.demo.catcher import Catcher
    from commun.demo.outbox import Outbox

    catcher = Catcher()
    with environment(
        database=engine, SECRET_KEY=SECRET_KEY, SMTP_URL=f"smtp://127.0.0.1:{catcher.port}?starttls=never"
    ) as values:
        folder = Path(values["VAR_DIR"])
        catcher.start(outbox=Outbox(folder / "outbox"))
        set_up(values)
        from commun.common import clock
        from commun.demo import running
        from commun.upkeep.services.backup import backup
        from tests.demo.places import load_places

        load_places()  # not the whole country: small enough to be kept for ever
        running.load_and_send()
        running.let_mail_come_in()
        made = backup(target=folder / "frozen.tar", files=False, now=clock.now(), say=lambda line: None)
        path = kept(made.version, engine)
        path.write_bytes(lzma.compress((folder / "frozen.tar").read_bytes(), preset=9 | lzma.PRESET_EXTREME))
        catcher.stop()


def main() -> int:
    if len(sys.argv) > 1:
        _freeze(sys.argv[1])
        return 0
    for engine in ENGINES:
        subprocess.run([sys.executable, "-m", "tests.upgrade.freeze", engine], cwd=TREE, check=True, env=os.environ)
    (HERE / f"{version()}.json").write_text(json.dumps(migrations(), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
