"""Answers only this machine's own pages: a preview is no web site, and any page in a browser can ask for one.

The Host must be this machine by name (a foreign name that leads here is DNS rebinding), an Origin must be that very
Host, and what a page of another site embeds or fetches is refused. Only reading is allowed, and no hidden file.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

NAMES = ("localhost", "127.0.0.1", "[::1]")
_METHODS = ("GET", "HEAD")
# The script and the news of the open pages: at names that no file of a book can have, since none like it is served.
OWN = SCRIPT, NEWS = "/.live/script.js", "/.live/news"
# No page of another origin may hold an answer, whatever kind it is taken for, and none is kept.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SameOrigin:
    """An ASGI application around another, served at `port` of this machine."""

    def __init__(self, app, port: int):
        self.app, self.port = app, port

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        status, reason = self.refusal(scope["type"], scope.get("method", "GET"), scope["path"], Headers(scope=scope))
        if scope["type"] == "websocket":
            closing = {"type": "websocket.close", "code": 1008, "reason": reason}
            return await (send(closing) if status else self.app(scope, receive, send))

        async def answer(message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await (PlainTextResponse(f"{reason}\n", status) if status else self.app)(scope, receive, answer)

    def refusal(self, kind: str, method: str, path: str, headers: Headers) -> tuple[int, str]:
        """Status and reason, in words, why a request is not answered; 0 when it is."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        site, use = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-dest", "document")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts():
            return 403, f"This is a preview for this machine: ask for http://localhost:{self.port}"
        own = [origin.lower() for origin in origins] == [f"http://{hosts[0].lower()}"]
        embedded = site not in ("same-origin", "none") and use != "document"  # a link that is followed is no harm
        if embedded or not (own or (not origins and kind != "websocket")):
            return 403, "Not for pages of other origins"
        if method not in _METHODS:
            return 405, "A preview is only read"
        if path not in OWN and ("\0" in path or any(part.startswith(".") for part in path.split("/"))):
            return 404, "Not found"
        return 0, ""

    def hosts(self) -> set[str]:
        """The hosts as a browser writes them: it leaves HTTP's own port out."""
        return {f"{name}:{self.port}" for name in NAMES} | (set(NAMES) if self.port == 80 else set())
