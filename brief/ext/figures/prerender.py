"""Draws what the end of a build asks for in a process of its own, while the pages are being written.

Only to save time: whatever is not drawn by then is drawn when it is asked for.
"""

import json
import subprocess
import sys
import tempfile

from sphinx.application import Sphinx

from brief import parent, vegalite

FEW = 3  # drawn sooner than a process has started

wanted: list[tuple] = []  # what parts of the build will ask `vegalite.drawn` for
begun: list[subprocess.Popen] = []


def begin(_app: Sphinx, _builder) -> None:
    """Draw what is not drawn yet."""
    asked = [what for what in wanted if not vegalite.stands(*what)]
    wanted.clear()
    if len(asked) <= FEW:
        return
    # What is asked is in a file: nobody has to wait until all of it is read. The pipe is what ends the process with us.
    with tempfile.TemporaryFile("w+") as file:
        json.dump(asked, file)
        file.seek(0)
        command = [sys.executable, "-P", "-m", "brief.vegalite", str(file.fileno())]
        streams = {"stdin": subprocess.PIPE, "stderr": subprocess.DEVNULL, "pass_fds": [file.fileno()]}
        with parent.shielded():
            begun.append(subprocess.Popen(command, **streams))


def end(_app: Sphinx, error) -> None:
    """Wait for the drawings; nobody wants those of a build that failed."""
    while begun:
        process = begun.pop()
        if error:
            process.terminate()
        process.wait()
        process.stdin.close()
