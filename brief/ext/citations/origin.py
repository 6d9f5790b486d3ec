"""Where a site made from a repository is usually served, by its remote's host: offered to a publisher, never taken."""

import re
import shutil
import subprocess
from pathlib import Path

# Where a host of repositories serves their pages: a name for each owner below it.
_PAGES = {"github.com": "github.io", "gitlab.com": "gitlab.io", "codeberg.org": "codeberg.page"}
_REMOTE = re.compile(r"(?:\w+://)?(?:[^@/]+@)?([^:/]+)[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


def pages_address(root: Path) -> str:
    """The address of the pages of the repository's origin; "" where it has none or its host is not known."""
    if not shutil.which("git"):
        return ""
    asked = subprocess.run(["git", "-C", str(root), "remote", "get-url", "origin"], capture_output=True, text=True)
    return of_remote(asked.stdout.strip())


def of_remote(remote: str) -> str:
    """The address of the pages of "git@github.com:owner/name.git" or "https://..."; "" where that is not known."""
    found = _REMOTE.fullmatch(remote)
    if not found or found[1].lower() not in _PAGES:
        return ""
    site = f"{found[2].lower()}.{_PAGES[found[1].lower()]}"
    return f"https://{site}" if found[3].lower() == site else f"https://{site}/{found[3]}"
