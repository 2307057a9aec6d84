"""What is published, as files made every night: CSV and JSON, their dictionary, their checksums, their version.

A version is a folder, written whole before the manifest names it: whoever downloads never has halves of two.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pydantic import BaseModel

from commun.common import public
from commun.common.spreadsheets import defuse
from commun.website.open import reading, records

FOLDER = "donnees"
MANIFEST = f"{FOLDER}/manifest.json"
_KEPT = 2  # versions: one may be on its way to somebody
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "txt": "text/plain; charset=utf-8"}


def make_dumps(*, now: datetime) -> bool:
    """Periodic: a version of the day. False where nothing was written that the public sees since the last one, which
    has the addresses of today."""
    now_true = {"number": public.version(), "schema": records.VERSION, "site": settings.SITE_URL}
    before = manifest()
    if before is not None and all(before.get(name) == value for name, value in now_true.items()):
        return False
    version = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    files = [made for table in records.RECORDS for made in _table(table, version=version)]
    files.append(_file("dictionnaire.csv", _dictionary().encode(), version=version, count=len(records.dictionary())))
    sums = "".join(f"{one['sha256']}  {one['name']}\n" for one in files)
    files.append(_file("SHA256SUMS.txt", sums.encode(), version=version, count=len(files)))
    told = {
        "version": version,
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        **now_true,
        "files": files,
    }
    _replace(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1).encode())
    _forget_old()
    return True


def manifest() -> dict[str, Any] | None:
    """What the last version holds; None before the first night."""
    if not default_storage.exists(MANIFEST):
        return None
    with default_storage.open(MANIFEST) as file:
        found: dict[str, Any] = json.loads(file.read())
    return found


def open_file(name: str) -> tuple[IO[bytes], dict[str, Any], str] | None:
    """A file of the last version, what the manifest says of it, its type; None for another name."""
    told = manifest()
    said = next((one for one in told["files"] if one["name"] == name), None) if told else None
    if told is None or said is None:
        return None
    file = default_storage.open(f"{FOLDER}/{told['version']}/{name}")
    return file, said, _TYPES[name.rpartition(".")[2]]


def _table(table: str, *, version: str) -> Iterator[dict[str, Any]]:
    """Both files of a table, read once; never more than a lot of it in memory."""
    model = records.RECORDS[table][0]
    with tempfile.TemporaryFile("w+b") as as_json, tempfile.TemporaryFile("w+b") as as_csv:
        text = io.TextIOWrapper(as_csv, encoding="utf-8", newline="", write_through=True)
        writer = csv.DictWriter(text, _columns(model), lineterminator="\r\n")
        writer.writeheader()
        as_json.write(b"[")
        count = 0
        for count, one in enumerate(reading.every(table=table), start=1):
            told = one.model_dump(mode="json")
            as_json.write((",\n" if count > 1 else "\n").encode() + json.dumps(told, ensure_ascii=False).encode())
            writer.writerow(_row(told))
        as_json.write(b"\n]\n")
        text.flush()
        yield _kept(f"{table}.json", as_json, version=version, count=count)
        yield _kept(f"{table}.csv", as_csv, version=version, count=count)
        text.detach()


def _columns(model: type[BaseModel]) -> list[str]:
    """As `_row` writes them."""
    found = []
    for name in model.model_fields:
        licence = records.LicenceRecord.model_fields if name == "licence" else None
        found += [f"{name}.{column}" for column in licence] if licence is not None else [name]
    return found


def _row(told: dict[str, Any]) -> dict[str, Any]:
    """Lists as their identifiers or words, one space and a bar between; the licence in columns of its own."""
    row: dict[str, Any] = {}
    for name, value in told.items():
        if isinstance(value, dict) and name == "licence":
            row |= {f"{name}.{inner}": text for inner, text in value.items()}
        elif isinstance(value, dict):
            row[name] = value.get("id") or " | ".join(f"{inner} : {text}" for inner, text in value.items())
        elif isinstance(value, list):
            row[name] = " | ".join(_cell(one) for one in value)
        else:
            row[name] = value
    return {name: defuse(value) if isinstance(value, str) else value for name, value in row.items()}


def _cell(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return str(value.get("id") or r" ; ".join(str(one) for one in value.values() if one != ""))


def _dictionary() -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["table", "field", "type", "meaning"], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records.dictionary())
    return text.getvalue()


def _file(name: str, content: bytes, *, version: str, count: int) -> dict[str, Any]:
    return _kept(name, io.BytesIO(content), version=version, count=count)


def _kept(name: str, file: IO[bytes], *, version: str, count: int) -> dict[str, Any]:
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while part := file.read(1 << 16):
        digest.update(part)
        size += len(part)
    file.seek(0)
    _replace(f"{FOLDER}/{version}/{name}", file)
    return {"name": name, "bytes": size, "sha256": digest.hexdigest(), "records": count}


def _replace(path: str, content: bytes | IO[bytes]) -> None:
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(content) if isinstance(content, bytes) else File(content))


def _forget_old() -> None:
    versions, _ = default_storage.listdir(FOLDER)
    for version in sorted(versions)[:-_KEPT]:
        for name in default_storage.listdir(f"{FOLDER}/{version}")[1]:
            default_storage.delete(f"{FOLDER}/{version}/{name}")
        default_storage.delete(f"{FOLDER}/{version}")
