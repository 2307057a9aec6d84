"""The documentation says what is: links lead somewhere, decisions exist, every room and library is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "requirements").glob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """As forges make them of headings: lower case, spaces to hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub(lambda found: found[0].strip("`"), read(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page):
    broken = []
    for target in LINK.findall(CODE.sub("", read(page))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(target)
    assert broken == []


def test_decisions_are_numbered_once_and_listed():
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(set(numbers)) == len(numbers)
    index = read(ROOT / "docs" / "decisions" / "README.md")
    assert [path.name for path in DECISIONS if f"]({path.name})" not in index] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_bears_its_number(path):
    assert read(path).startswith(f"# {int(path.name[:4])}. ")


def test_a_decision_that_the_code_names_exists():
    known = {path.name[:4] for path in DECISIONS}
    sources = [path for room in ("commun", "tests", "tools", "benchmarks") for path in (ROOT / room).rglob("*.py")]
    named = {(path.name, found) for path in sources for found in re.findall(r"decision (\d{4})", read(path))}
    assert {(name, number) for name, number in named if number not in known} == set()


def test_every_room_is_described():
    rooms = {path.parent.name for path in (ROOT / "commun").glob("*/__init__.py")}
    page = read(ROOT / "docs" / "architecture.md")
    assert {room for room in rooms if f"`{room}`" not in page} == set()


def test_every_library_has_its_reason():
    lines = read(ROOT / "requirements" / "base.in").splitlines()
    names = {re.split(r"[\[<>=]", line, maxsplit=1)[0] for line in lines if line and not line.startswith(("#", "-"))}
    page = read(ROOT / "docs" / "decisions" / "0008-libraries.md")
    assert {name for name in names if not re.search(rf"`{re.escape(name)}[`\[]", page)} == set()


def test_every_target_of_make_that_the_documentation_names_exists():
    makefile = read(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    benches = {path.stem.replace("_", "-") for path in (ROOT / "benchmarks").glob("bench_*.py")}
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", read(page))}
    assert named - targets - benches == set()


def test_the_drawing_of_the_rooms_is_that_of_the_layers():
    """`python -m tools.draw.rooms` draws it again."""
    from tools.draw import rooms

    assert rooms.PICTURE.read_text(encoding="utf-8") == rooms.draw()
    assert rooms.ROOMS.keys() == {room for layer in rooms.layers() for room in layer}


def test_the_lives_are_drawn_as_they_are_declared():
    """`python -m tools.draw.states` draws them again."""
    from commun.common import states
    from tools.draw import states as drawing

    for path, text in drawing.files(states.lives()).items():
        assert path.exists(), path
        assert path.read_text(encoding="utf-8") == text, path
    assert {path.stem for path in drawing.PICTURES.glob("*.svg")} == {life.slug for life in states.lives()}


def test_every_defence_that_is_written_names_tests_that_exist():
    named = re.findall(r"`(tests/[^`]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 15
    assert [path for path in named if not (ROOT / path).exists()] == []
