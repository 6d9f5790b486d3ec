"""Serve the built book on this machine; when a source file changes, rebuild and refresh the open pages.

The next build's process waits ready, with its libraries loaded and a kernel warm. An edit that does not build shows
its error in the terminal and on the open pages, which stay as they were.
"""

import asyncio
import errno
import os
import re
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from brief import project
from brief.cli import build as run
from brief.cli import table_report
from brief.cli.same_origin import NEWS, SCRIPT, SameOrigin
from brief.ext.checks import inputs
from brief.ext.facts import changed_facts
from brief.ext.incremental.snapshot import folders, snapshot

_POLICY = re.compile(r"""(<meta http-equiv="Content-Security-Policy" content="[^">]*?default-src [^;">]*)""")


class Pages(StaticFiles):
    """The built files; each page also gets the script that listens for news, and leave to listen."""

    def __init__(self, live: "Live", site: Path):
        super().__init__(directory=site, html=True)
        self.live = live

    async def get_response(self, path, scope):
        built = self.live.built  # before the page is read: one that is newer than it says only loads again
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and str(response.path).endswith(".html"):
            (host,) = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
            try:
                text = Path(response.path).read_text("utf-8")
            except FileNotFoundError as error:  # another site takes its place at this moment
                raise HTTPException(404) from error
            text = _POLICY.sub(rf"\1; connect-src 'self' ws://{host}", text, count=1)
            script = f'<script src="{SCRIPT}" data-built="{built}" defer></script>'
            response = HTMLResponse(text + script, response.status_code)
        return response


class Live:
    """Rebuilds at each change and tells the open pages: `{"error": ""}` to load again, else what is wrong."""

    def __init__(self, root: Path):
        self.root = root
        self.pages: set[WebSocket] = set()
        self.error = ""
        self.built = 0  # how often
        self.inputs: dict[str, str] | None = None  # of the last build; None when it is to be tried again
        self.tables = table_report.built(root)
        self.facts = project.facts_if_built(root)
        self.next: run.Build | None = None
        self.current: run.Build | None = None
        self.ended = False

    def rebuild(self, changed: set[str], now: dict[str, str] | None = None) -> None:
        """Build with the process that waits, unless what it has loaded changed. `now`: the files as they were found."""
        for name in sorted(changed):
            print(f"changed: {name}", flush=True)
        for _ in range(run.TRIES):
            begun, now = self._begun(snapshot(self.root) if now is None else now), None
            with begun as build:
                build.go()
                tables, said = table_report.of_build(self.root, self.tables), []
                for line in build.lines():
                    print(line, flush=True)
                    said += [] if run.is_progress(line) else [line]
            if self.ended or not build.is_stale:
                break
        self.inputs = None if build.is_stale else build.begun_with
        if self.ended:
            return
        self.error = "" if build.status == 0 else "\n".join(said) or "The build failed and did not say why."
        self.built += not self.error
        if self.error and inputs.all_errors(self.root):
            tables = []  # the errors of inputs stand alone
        print(*tables, "not built: the last good pages stay" if self.error else "built", sep="\n", flush=True)

    def get_ready(self) -> None:
        """Say what changed, now that the pages show it, and have a process wait for the next edit."""
        before, self.facts = self.facts, project.facts_if_built(self.root)
        if before and self.facts and before != self.facts:
            print("Since the last build:", changed_facts.compare(before, self.facts).listed(), flush=True)
        if self.ended:
            return
        self.tables = table_report.built(self.root)
        self.next = run.Build(self.root, ahead=True)
        if self.ended:  # meanwhile: `end` may have looked before it was there
            self.next.end()

    def _begun(self, now: dict[str, str]) -> run.Build:
        """The build that waits if it can build the book as it is now, else a new one; already ended if we are."""
        waiting, self.next = self.next, None
        if waiting and not waiting.takes(now):
            waiting.discard()
            waiting = None
        self.current = waiting or run.Build(self.root, begun_with=now)
        if self.ended:
            self.current.end()
        return self.current

    def end(self) -> None:
        """End what is being built and what waits."""
        self.ended = True
        begun = [build for build in (self.current, self.next) if build]
        for build in begun:
            build.ask()
        for build in begun:
            build.end()

    async def watch(self, stop: asyncio.Event) -> None:
        """Rebuild at every change until `stop`, and tell the pages."""
        async for changed, now in saved(self.root, stop, lambda: self.inputs):
            try:
                await asyncio.to_thread(self.rebuild, changed, now)
            except OSError as error:  # a file that went while it was looked at: tried again in a moment
                self.inputs, self.error = None, f"not built: {error}"
                print(self.error, flush=True)
            for page in list(self.pages):
                with suppress(RuntimeError, WebSocketDisconnect):  # it went away meanwhile
                    await page.send_json({"error": self.error})
            with suppress(OSError):  # then the next edit begins its own
                await asyncio.to_thread(self.get_ready)

    async def listen(self, page: WebSocket) -> None:
        """Keep an open page until it goes away; one that is not the last good one, or an error behind, is told so."""
        await page.accept()
        self.pages.add(page)
        try:
            if self.error or page.query_params.get("built", str(self.built)) != str(self.built):
                await page.send_json({"error": self.error})
            while True:
                await page.receive_text()
        except (WebSocketDisconnect, KeyError):  # gone, or sending what is no text
            self.pages.discard(page)

    @asynccontextmanager
    async def lifespan(self, _app):
        stop = asyncio.Event()
        task = asyncio.create_task(self.watch(stop))
        yield
        stop.set()
        await asyncio.to_thread(self.end)
        await task
        self.end()


async def saved(
    root: Path, stop: asyncio.Event, built: Callable[[], dict | None]
) -> AsyncIterator[tuple[set[str], dict[str, str]]]:
    """Names of the inputs that are not as they were `built`, with all as they are, each time that there are any, until
    `stop`.

    What the system says of files only wakes us. So nothing is lost that is saved before a folder is watched, or that
    comes as many events or none. Folders are watched and not files: a file that an editor replaces is another file.
    """
    options = {"recursive": False, "watch_filter": None, "rust_timeout": 1000, "yield_on_timeout": True, "step": 10}
    while not stop.is_set():
        watched, look = folders(root), True
        try:
            async with aclosing(watchfiles.awatch(*watched, stop_event=stop, **options)) as waking:
                async for events in waking:
                    if events or look:
                        now, before = await asyncio.to_thread(snapshot, root), built()
                        changed = {name for name, _ in now.items() ^ (now if before is None else before).items()}
                        look = bool(changed) or before is None  # and what comes while that is built
                        if look:
                            yield changed, now
                    # A folder that came is not watched yet, nor is one that took another's place.
                    if set(folders(root)) != set(watched) or {Path(path) for _, path in events} & set(watched):
                        break
        except OSError:  # a folder went while it was looked at, or the system watches no more of them
            await asyncio.sleep(1)


async def script(_request) -> FileResponse:
    """What listens for news, for the pages."""
    return FileResponse(Path(__file__).parent / "serve.js", media_type="text/javascript")


class Server(uvicorn.Server):
    """Says that it serves once a page can be asked for, and no sooner."""

    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        print(f"Serving http://localhost:{sockets[0].getsockname()[1]} (Ctrl-C to stop)", flush=True)


def sockets_of(port: int) -> list[socket.socket]:
    """The port of this machine that nobody else can reach, taken now; raises OSError when it is not to be had."""
    taken = [socket.create_server(("127.0.0.1", port))]
    try:
        # A browser may look for localhost there first.
        taken.append(socket.create_server(("::1", taken[0].getsockname()[1]), family=socket.AF_INET6))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise
    return taken


def serve(root: Path, port: int) -> int:
    """Serve _build/html at localhost:`port` until interrupted; 1 when that port is not to be had."""
    try:
        sockets = sockets_of(port)
    except (OSError, OverflowError) as error:
        why = os.strerror(error.errno).lower() if isinstance(error, OSError) else "there is no such port"
        print(f"port {port} of this machine can't be served: {why}; another: python -m brief serve --port {port + 1}")
        return 1
    live, site = Live(root), root / "_build" / "html"
    live.rebuild(set())
    live.get_ready()
    site.mkdir(parents=True, exist_ok=True)
    routes = [Route(SCRIPT, script), WebSocketRoute(NEWS, live.listen)]
    app = Starlette(routes=[*routes, Mount("/", app=Pages(live, site))], lifespan=live.lifespan)
    # A page that connects while the server stops would be waited for, and an open page never goes by itself.
    limits = {"timeout_graceful_shutdown": 1, "ws_max_size": 1024, "ws_max_queue": 4}
    app = SameOrigin(app, sockets[0].getsockname()[1])
    server = Server(uvicorn.Config(app, log_level="warning", proxy_headers=False, **limits))
    signal.signal(signal.SIGHUP, server.handle_exit)  # as the other endings are
    server.run(sockets=sockets)
    return 0
