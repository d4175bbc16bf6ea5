"""The English catalogue: what the screens say, gathered from the source, checked and compiled.

    python tools/catalogue.py check          what lacks English, and what nobody says any more
    python tools/catalogue.py merge FILE…    fold partial .po files into the catalogue, sorted
    python tools/catalogue.py compile        write the .mo files that the product reads

Message ids are Swedish, in Python (`gettext`, `ngettext`, `pgettext` …) and in templates.
"""

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parent.parent / "egenmakt"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
WAYS = {  # how each function is called: plain, plural, with a context, both
    "": ["_", "gettext", "gettext_lazy", "gettext_noop"],
    "n": ["ngettext", "ngettext_lazy"],
    "p": ["pgettext", "pgettext_lazy"],
    "np": ["npgettext", "npgettext_lazy"],
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")

Key = tuple[str, str]  # context (or nothing) and message id


def said() -> "Iterator[tuple[Key, str]]":
    """Every message of the source, and its plural where it has one."""
    for file in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.parts):
            yield from _in_python(file.read_text())
    for file in sorted(PACKAGE.rglob("templates/**/*")):
        if file.is_file():
            # What is not a message is blanked out, so indentation means nothing to the reader.
            lines = templatize(file.read_text(), origin=str(file)).splitlines()
            yield from _in_python("\n".join(line.strip() for line in lines))


def _in_python(source: str) -> "Iterator[tuple[Key, str]]":
    way = {name: kind for kind, names in WAYS.items() for name in names}
    found = extract_python(io.BytesIO(source.encode()), list(way), [], {"encoding": "utf-8"})
    for _line, name, texts, _comments in found:
        given = list(texts) if isinstance(texts, list | tuple) else [texts]
        context = given.pop(0) if "p" in way[name] else ""
        if given and given[0]:
            yield (context or "", given[0]), given[1] if "n" in way[name] else ""


def written() -> dict[Key, Message]:
    """The English catalogue as it stands."""
    return _read(ENGLISH) if ENGLISH.exists() else {}


def _read(file: Path) -> dict[Key, Message]:
    with file.open("rb") as source:
        return {_key(message): message for message in read_po(source, locale="en") if message.id}


def _key(message: Message) -> Key:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", first


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def missing() -> list[str]:
    """What is wrong with the English: nothing there, other placeholders, or said by nobody."""
    source, english = dict(said()), written()
    faults = [f"no English: {key[1]}" for key in source if key not in english]
    faults += [f"nobody says: {key[1]}" for key in english if key not in source]
    for key in source.keys() & english.keys():
        allowed = set(PLACEHOLDER.findall(key[1] + source[key]))
        for text in _texts(english[key]):
            if not text or english[key].fuzzy:
                faults.append(f"no English: {key[1]}")
            elif set(PLACEHOLDER.findall(text)) - allowed:
                faults.append(f"other placeholders: {key[1]}")
        if bool(source[key]) != (not isinstance(english[key].id, str)):
            faults.append(f"plural on one side only: {key[1]}")
    return sorted(set(faults))


def merge(files: list[Path]) -> list[str]:
    """Fold partial catalogues in, keep only what the source says, and tell what was left out."""
    source, english = dict(said()), written()
    for file in files:
        english |= _read(file)
    whole = Catalog(locale="en")
    for key, message in english.items():
        if key in source:
            whole.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_po(out, whole, width=100, no_location=True, omit_header=True, sort_output=True)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_text(HEADER + out.getvalue().decode())
    return sorted(key[1] for key in english if key not in source)


def compile_all() -> None:
    """Write a .mo beside every .po."""
    for file in sorted((PACKAGE / "locale").rglob("*.po")):
        with file.open("rb") as source, file.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source))


def main(arguments: list[str]) -> int:
    match arguments:
        case ["check"]:
            faults = missing()
            print("\n".join(faults) or "The English catalogue is complete.")
            return 1 if faults else 0
        case ["merge", *files]:
            left_out = merge([Path(file) for file in files])
            print("\n".join(f"left out, nobody says it: {text}" for text in left_out))
            compile_all()
            return 0
        case ["compile"]:
            compile_all()
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
