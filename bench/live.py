"""The time from saving a table to the page that `make serve` shows with it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from websockets.sync.client import connect

from bench.books import Edit


def live_edit(root: Path, edits: list[Edit]) -> list[float]:
    """Serve the book, make each edit and undo it; seconds until the page with it has been fetched again."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-P", "-m", "brief", "serve", "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout:
            if line.startswith("Serving"):
                break
        return [_one(root, port, edit) for edit in edits for _ in range(2)]
    finally:
        server.terminate()
        server.wait()


def _one(root: Path, port: int, edit: Edit) -> float:
    time.sleep(4)  # as an editor pauses between edits: the next process gets ready meanwhile
    with connect(f"ws://localhost:{port}/.live/news", origin=f"http://localhost:{port}") as news:
        begun = time.monotonic()
        edit.apply(root)
        said = json.loads(news.recv(timeout=120))
        if said["error"]:
            sys.exit(f"the edit of {edit.path} did not build: {said['error']}")
        with urllib.request.urlopen(f"http://localhost:{port}/{edit.page}.html") as page:
            page.read()
        return time.monotonic() - begun
