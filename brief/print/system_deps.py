"""What the PDF needs of the machine and pip cannot bring: Pango, which sets the lines of text.

Installed here when that takes no more than a Debian machine and its root; otherwise one line says how.
"""

import contextlib
import io
import os
import shutil
import subprocess
import sys

PACKAGES = ("libpangoft2-1.0-0", "libharfbuzz-subset0")
HINT = f"The PDF needs Pango. On Debian: sudo apt-get install {' '.join(PACKAGES)}. On a Mac: brew install pango."


def met() -> bool:
    """Whether WeasyPrint finds its libraries; what it prints when it does not is longer than our hint."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            import weasyprint  # noqa: F401
        except OSError:
            return False
    return True


def ensure() -> bool:
    """Install what is missing where we may; False, with a hint printed, when it stays missing."""
    if met():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {' and '.join(PACKAGES)} ...", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
            subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
        if met():
            return True
    print(HINT, file=sys.stderr)
    return False
