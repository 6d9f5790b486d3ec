"""Serve the built book on this machine; when a source file changes, rebuild and refresh the open pages.

The next build's process waits ready, with its libraries loaded and a kernel warm. An edit that does not build shows
its error in the terminal and on the open pages, which stay as they were.
"""

import asyncio
import re
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from brief.build import run, table_report

WATCHED = ("data", "chapters", "reference", "brief", "_static", "_config.yml", "_toc.yml", "index.md", "CITATION.cff")
PLAIN = ("data", "chapters", "reference", "index.md")  # what the waiting process has not read yet
LIVE = "/live"


class Pages(StaticFiles):
    """The built files; each page also gets the script that listens for news."""

    async def get_response(self, path, scope):
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and str(response.path).endswith(".html"):
            script = files("brief.build").joinpath("serve.js").read_text("utf-8")
            text = Path(response.path).read_text("utf-8")
            text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)  # for the script that listens
            response = HTMLResponse(f"{text}<script>{script}</script>", response.status_code)
        response.headers["Cache-Control"] = "no-store"
        return response


class Live:
    """Rebuilds at each change and tells the open pages: `{"error": ""}` to load again, else what is wrong."""

    def __init__(self, root: Path):
        self.root = root
        self.pages: set[WebSocket] = set()
        self.error = ""
        self.next: run.Build | None = None

    def rebuild(self, changed: set[Path]) -> None:
        """Build with the process that waits, unless what it has loaded changed."""
        for path in sorted(changed):
            print(f"changed: {path.relative_to(self.root)}", flush=True)
        tables = table_report.of_build(self.root)
        ended = self.next and self.next.child.poll() is not None  # on an error that may be mended since
        if self.next and (ended or not all(self.is_plain(path) for path in changed)):
            self.next.discard()
            self.next = None
        build, self.next = self.next or run.Build(self.root), None
        said = self.follow(build)
        if build.stale:
            build = run.Build(self.root)
            said = self.follow(build)
        self.error = "" if build.status == 0 else "\n".join(said) or "The build failed and did not say why."
        print(*tables, "not built: the last good pages stay" if self.error else "built", sep="\n", flush=True)
        self.next = run.Build(self.root, ahead=True)

    def is_plain(self, path: Path) -> bool:
        """Whether a waiting process can take this change in."""
        return any(path.is_relative_to(self.root / name) for name in PLAIN)

    def follow(self, build: run.Build) -> list[str]:
        """Print what a build says; returns what is not about its progress."""
        said = []
        for line in build.lines():
            print(line, flush=True)
            said += [] if run.is_progress(line) else [line]
        return said

    async def watch(self, stop: asyncio.Event) -> None:
        """Rebuild at every change until `stop`, and tell the pages."""
        folders = [self.root / name for name in WATCHED if (self.root / name).exists()]
        async for changes in watchfiles.awatch(*folders, stop_event=stop):
            await asyncio.to_thread(self.rebuild, {Path(path) for _, path in changes})
            for page in list(self.pages):
                await page.send_json({"error": self.error})

    async def listen(self, page: WebSocket) -> None:
        """Keep an open page until it goes away; one that was opened on an error is told of it."""
        await page.accept()
        self.pages.add(page)
        try:
            if self.error:
                await page.send_json({"error": self.error})
            while True:
                await page.receive_text()
        except WebSocketDisconnect:
            self.pages.discard(page)

    @asynccontextmanager
    async def lifespan(self, _app):
        stop = asyncio.Event()
        task = asyncio.create_task(self.watch(stop))
        yield
        stop.set()
        await task
        if self.next:
            self.next.discard()


class Server(uvicorn.Server):
    """Says that it serves once a page can be asked for, and no sooner."""

    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        print(f"Serving http://localhost:{self.config.port} (Ctrl-C to stop)", flush=True)


def serve(root: Path, port: int) -> int:
    """Serve _build/html at localhost:`port` until interrupted."""
    live = Live(root)
    live.rebuild(set())
    (root / "_build" / "html").mkdir(parents=True, exist_ok=True)
    routes = [WebSocketRoute(LIVE, live.listen), Mount("/", app=Pages(directory=root / "_build" / "html", html=True))]
    app = Starlette(routes=routes, lifespan=live.lifespan)
    # A page that connects while the server stops would be waited for, and an open page never goes by itself.
    config = uvicorn.Config(app, host="localhost", port=port, log_level="warning", timeout_graceful_shutdown=1)
    Server(config).run()
    return 0
