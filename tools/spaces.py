"""Spaces that must not break, in every word of ours that a person reads: `python -m tools.spaces [--check]`.

The rule is the one that typesets the letter, `commun.common.spaces`. It reads French where we write it: templates,
mails, strings of Python and of scripts, the guide, the catalogue of libraries' words. In HTML a space becomes
`&nbsp;`, which one sees; elsewhere the character itself, so that no line grows. What machines read (docstrings, raw
strings, code, addresses, attributes that are not said) is passed over.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from commun.common.spaces import typeset_text

ROOT = Path(__file__).parent.parent
NBSP = "\u00a0"
_HIDDEN = "<"  # stands for what is no text: to the rule a tag, beside which a space may lean

#: What other people write, or what is compared with it.
_READ_NOT_SAID = (
    "commun/contributions/understanding/",
    "commun/demo/content/",
    "commun/finding/analysis/",
    "commun/inbound/",
    "commun/mailing/returns/",
    "commun/common/spaces.py",
)

# In order: what hides wins over what stands inside it.
_HTML = re.compile(
    r"(?P<hidden>\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->"
    r"|<(?P<raw>script|style|code|pre|kbd)\b.*?</(?P=raw)>)"
    r"|(?:\{\{.*?\}\}|\{%.*?%\})"
    r"|(?P<tag></?[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^'\">])*>)",
    re.DOTALL,
)
_DJANGO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_SAID = re.compile(
    r"\b(?:title|alt|placeholder|label|content|aria-[a-z]+|data-[a-z-]+)=(?:\"([^\"]*)\"|'([^']*)')", re.DOTALL
)
_MARKDOWN = re.compile(r"```.*?```|`[^`\n]+`|\]\([^)\n]*\)|^\|[-:| ]+\|$|<[^>]+>", re.DOTALL | re.MULTILINE)
_SCRIPT = re.compile(
    r"/\*.*?\*/|//[^\n]*"
    r"|(?:(?<=\()|(?<=[=,:&|?] ))/(?:\\.|\[[^\]\n]*\]|[^/\\\n])+/"
    r"|(?P<string>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')",
    re.DOTALL,
)
_MSGSTR = re.compile(r"^msgstr(?:\[\d\])? \"(.*)\"$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*(?:![rs])?(?::[^{}]*)?\}|\$\{[^}]*\}")


def _hide(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: _HIDDEN * len(found[0]), text)


def _places(text: str) -> list[int]:
    """Where a breaking space stands in a text of ours."""
    return [at for at, (was, now) in enumerate(zip(text, typeset_text(text), strict=True)) if was == " " != now]


def in_text(source: str) -> Iterator[int]:
    """A mail, or a message."""
    yield from _places(_hide(re.sub(r"\{#.*?#\}", lambda found: _HIDDEN * len(found[0]), source), _DJANGO))
    yield from _in_django(source)


def _in_django(source: str) -> Iterator[int]:
    for tag in _DJANGO.finditer(source):
        for string in _STRING.finditer(tag[0]):
            yield from (tag.start() + string.start() + 1 + at for at in _places(string[0][1:-1]))


def in_html(source: str) -> Iterator[int]:
    """Text, attributes that are said, and strings given to filters."""
    text = list(source)
    for found in _HTML.finditer(source):
        text[found.start() : found.end()] = _HIDDEN * len(found[0])
        if found["tag"]:
            for said in _SAID.finditer(found[0]):
                group = 1 if said[1] is not None else 2
                start = found.start() + said.start(group)
                yield from (start + at for at in _places(_hide(said[group], _DJANGO)))
        if not found["hidden"]:
            yield from (found.start() + at for at in _in_django(found[0]))
    yield from _places("".join(text))


def in_markdown(source: str) -> Iterator[int]:
    yield from _places(_hide(source, _MARKDOWN))


def in_script(source: str) -> Iterator[int]:
    """Strings, and templates with what stands inside their fields."""
    texts: list[tuple[str, int]] = []
    _read_script(source, 0, texts)
    for text, start in texts:
        yield from (start + at - 1 for at in _places(_HIDDEN + text))


def _read_script(source: str, at: int, texts: list[tuple[str, int]]) -> int:
    """Code up to the bracket that closes it, or the end; gives where it stopped."""
    depth = 0
    while at < len(source) and (depth or source[at] != "}"):
        found = _SCRIPT.match(source, at)
        if found:
            if found["string"]:
                texts.append((found["string"][1:-1], at + 1))
            at = found.end()
        elif source[at] == "`":
            at = _read_template(source, at + 1, texts)
        else:
            depth += {"{": 1, "}": -1}.get(source[at], 0)
            at += 1
    return at


def _read_template(source: str, start: int, texts: list[tuple[str, int]]) -> int:
    shown, at = "", start
    while source[at] != "`":
        after = at + 1 + (source[at] == "\\")
        if source.startswith("${", at):
            after = _read_script(source, at + 2, texts) + 1
            shown += _HIDDEN * (after - at)
        else:
            shown += source[at:after]
        at = after
    texts.append((shown, start))
    return at + 1


def in_catalogue(source: str) -> Iterator[int]:
    for found in _MSGSTR.finditer(source):
        yield from (found.start(1) + at for at in _places(_hide(found[1], _PLACEHOLDER)))


def in_python(source: str) -> Iterator[int]:
    """Strings that are neither docstrings, raw, nor bytes; those that follow each other are one."""
    lines = [0]
    for line in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    docs = _docstrings(source)
    run: list[tuple[str, int]] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in {tokenize.NL, tokenize.COMMENT}:
            continue
        if token.type != tokenize.STRING:
            yield from _in_run(run)
            run = []
        elif token.start not in docs:
            prefix = re.match(r"[a-zA-Z]*", token.string)[0].lower()  # type: ignore[index]
            if not set(prefix) & {"r", "b"}:
                quote = 3 if token.string[len(prefix) :][:3] in {'"""', "'''"} else 1
                start, end = len(prefix) + quote, len(token.string) - quote
                body = re.sub(r"\\.", _escape, token.string[start:end], flags=re.DOTALL)
                body = _hide_fields(body) if "f" in prefix else _hide(body, _PLACEHOLDER)
                run.append((body, lines[token.start[0] - 1] + token.start[1] + start))


def _in_run(run: list[tuple[str, int]]) -> Iterator[int]:
    # What a string begins with leans on what it is joined to: " ; ".join(…)
    origin = [-1, *(start + at for body, start in run for at in range(len(body)))]
    yield from (origin[at] for at in _places(_HIDDEN + "".join(body for body, _ in run)))


def _escape(found: re.Match[str]) -> str:
    return "\n\n" if found[0] == "\\n" else _HIDDEN * len(found[0])


def _hide_fields(body: str) -> str:
    """An f-string with its fields hidden: brackets inside brackets, and `{{` which is a character."""
    shown, depth = [], 0
    for at, character in enumerate(body):
        if character == "{" and (depth or body[at : at + 2] != "{{"):
            depth += 1
        shown.append(_HIDDEN if depth else character)
        if character == "}" and depth:
            depth -= 1
    return "".join(shown)


def _docstrings(source: str) -> set[tuple[int, int]]:
    return {
        (node.value.lineno, node.value.col_offset)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


_READERS = {
    ".html": in_html,
    ".txt": in_text,
    ".md": in_markdown,
    ".py": in_python,
    ".js": in_script,
    ".po": in_catalogue,
}


def files() -> Iterator[Path]:
    yield ROOT / "tools" / "recount.py"  # whoever runs it reads it
    for folder in ("commun", "templates", "static", "docs/guide"):
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in _READERS and not name.startswith(_READ_NOT_SAID):
                yield path


def breaking(source: str, suffix: str) -> list[int]:
    """Offsets of ordinary spaces that ought not to break, in a source of that kind (".html", ".py"…)."""
    return sorted(set(_READERS[suffix](source)))


def typeset(source: str, suffix: str) -> str:
    pieces, last = [], 0
    for at in breaking(source, suffix):
        html = suffix == ".html" and not any(tag.start() < at < tag.end() for tag in _DJANGO.finditer(source))
        pieces += [source[last:at], "&nbsp;" if html else NBSP]
        last = at + 1
    return "".join([*pieces, source[last:]])


def main(arguments: Iterable[str]) -> int:
    wrong = []
    for path in files():
        source = path.read_text(encoding="utf-8")
        found = breaking(source, path.suffix)
        if found and "--check" not in arguments:
            path.write_text(typeset(source, path.suffix), encoding="utf-8")
            continue
        name = path.relative_to(ROOT)
        wrong += [f"{name}:{source.count(chr(10), 0, at) + 1}: {source[max(0, at - 30) : at + 12]!r}" for at in found]
    if wrong:
        print(*wrong, "French forbids a line to break there: `make format`.", sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
