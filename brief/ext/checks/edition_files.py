"""Can the records of editions be read, and are the notes on what changed about one of them? A line for each error."""

import json
from pathlib import Path

from brief.ext.facts.edition_records import FOLDER, NOTES
from brief.ext.reading import input_file, yaml_lines
from brief.ext.reading.input_file import Refused, quoted
from brief.ext.reading.keys import unknown
from brief.project import CITATION

UNPUBLISHED = "unpublished"  # what came after the newest edition
_KEYS = ("edition", "date", "fingerprint", "facts", "findings", "indicators", "figures", "claims")


def errors(root: Path) -> list[str]:
    """Everything wrong with the records and notes in editions/ of the book at `root`."""
    records = sorted((root / FOLDER).glob("*.json"))
    lines = [line for path in records for line in _record(root, path)]
    return lines + (_notes(root, [path.stem for path in records]) if (root / NOTES).is_file() else [])


def _record(root: Path, path: Path) -> list[str]:
    name = path.relative_to(root).as_posix()
    try:
        record = json.loads(input_file.read(root, name))
    except Refused as refused:
        return [str(refused)]
    except json.JSONDecodeError as error:
        return [f"{name}:{error.lineno}: is not JSON: {error.msg}"]
    except RecursionError:
        return [f"{name}: is not JSON: too deep"]
    missing = [key for key in _KEYS if not isinstance(record, dict) or key not in record]
    if missing:
        return [f"{name}: {missing[0]}: is missing: an edition's record is never edited by hand"]
    if record["edition"] != path.stem:
        return [f"{name}: edition: {quoted(record['edition'])} is not {path.stem}, the name of the file"]
    return []


def _notes(root: Path, versions: list[str]) -> list[str]:
    """Notes by version and by the id of what changed; one on a version that is not there would never be shown."""
    try:
        marked = yaml_lines.read(root, NOTES)
        notes = yaml_lines.mapping(marked) if marked.value is not None else {}
        about = yaml_lines.read(root, CITATION).value
    except Refused as refused:
        return [str(refused)]
    present = about.get("version") if isinstance(about, dict) else None
    known = [*versions, UNPUBLISHED, *([present] if isinstance(present, str) else [])]
    lines = []
    for key in marked.written_keys():
        version, where = key.value, f"{NOTES}:{key.start_mark.line + 1}"
        of_one = notes.get(version)
        if not key.tag.endswith(":str"):
            lines.append(f'{where}: {version} is not text to YAML: put it in quotes, "{version}"')
        elif version not in known:
            lines.append(f"{where}: {version}: {unknown(version, known)}")
        elif not isinstance(of_one, dict):
            lines.append(f"{where}: {version}: {quoted(of_one)} is not a mapping of ids to reasons")
        else:
            lines += [
                marked.told(version, id, what=f"{quoted(reason)} is not text")
                for id, reason in of_one.items()
                if not isinstance(reason, str) or not reason.strip()
            ]
    return lines
