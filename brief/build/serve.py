"""Serve the built book on this machine; rebuild and refresh the open page when a source file changes."""

from functools import partial
from pathlib import Path

import uvicorn
from sphinx_autobuild.filter import IgnoreFilter
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

from brief.build import checks, run

WATCHED = (
    "data",
    "chapters",
    "reference",
    "brief",
    "_static",
    "_config.yml",
    "_toc.yml",
    "index.md",
    "CITATION.cff",
)


def rebuild(root: Path, changed_paths=()) -> None:
    """Validate and build; an error is printed and the last good pages stay."""
    for path in changed_paths:
        print(f"changed: {Path(path).relative_to(root)}", flush=True)
    errors = checks.all_errors(root)
    print("\n".join(errors) or ("built" if run.build(root) == 0 else "not built"), flush=True)


def serve(root: Path, port: int) -> int:
    """Serve _build/html at localhost:`port` until interrupted."""
    rebuild(root)
    pages = root / "_build" / "html"
    ignored = IgnoreFilter([root / "_build"], [r"__pycache__", r"\.ipynb_checkpoints", r"~$", r"\.sw.$"])
    watcher = RebuildServer([root / name for name in WATCHED], ignored, change_callback=partial(rebuild, root))
    address = f"localhost:{port}"
    app = Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", watcher),
            Mount("/", app=StaticFiles(directory=pages, html=True)),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=address)],
        lifespan=watcher.lifespan,
    )
    print(f"Serving http://{address} (Ctrl-C to stop)", flush=True)
    uvicorn.run(app, host="localhost", port=port, log_level="warning")
    return 0
