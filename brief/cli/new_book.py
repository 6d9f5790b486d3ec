"""A book to begin from: one chapter on one table, with tests and CI, written to an empty folder."""

import json
from importlib.metadata import distributions
from pathlib import Path

from brief import project

TEMPLATES = Path(project.__file__).parent / "starter"
# Names that begin with a dot are kept without it: packages leave hidden files out.
_DOT = "dot-"
_ENGINE = "{engine}"


class Refused(ValueError):
    """Why nothing was written, as one line."""


def engine() -> str:
    """The line of requirements.txt that installs this package from where it was installed from (PEP 610).

    Never its bare name: the package of that name on the index is another.
    """
    origins = [found.read_text("direct_url.json") for found in distributions(name="brief")]  # an egg-info has none
    origin = json.loads(next(filter(None, origins), "{}"))
    if vcs := origin.get("vcs_info"):
        return f"brief @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    if origin.get("dir_info", {}).get("editable"):
        return f"-e {project.HOME}"
    return f"brief @ {origin['url']}" if "url" in origin else "# brief @ ...: where it was installed from is not known"


def write(target: Path) -> list[str]:
    """Write the book's files to `target`, made when it is not there; their names. Raises Refused."""
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise Refused(f"{target}: is {'not empty' if target.is_dir() else 'a file'}: nothing was written")
        made = []
        for source in sorted(path for path in TEMPLATES.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            inside = source.relative_to(TEMPLATES)
            name = "/".join(part.replace(_DOT, ".", 1) if part.startswith(_DOT) else part for part in inside.parts)
            content = source.read_bytes()
            if name == "requirements.txt":
                content = content.replace(_ENGINE.encode(), engine().encode())
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content)
            made.append(name)
    except OSError as error:
        raise Refused(f"{target}: cannot be written: {error.strerror}") from None
    return made
