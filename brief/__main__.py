"""`python -m brief build | check | serve`: what the Makefile calls."""

import argparse
import sys
import time

from brief import book


def build(args) -> int:
    """Validate, then build the book to _build/html; print where to open it."""
    from brief.build import run

    root, begun = book.find_root(), time.monotonic()
    if check(args):
        return 1
    status = run.build(root, draft=args.draft)
    if status == 0:
        print(f"\nBuilt in {time.monotonic() - begun:.1f} s. Open {(root / '_build/html/index.html').as_uri()}")
    return status


def check(args) -> int:
    """Print every error in data/, a line each; 1 when there is one."""
    from brief.build import checks

    errors = checks.all_errors(book.find_root())
    for line in errors:
        print(line, file=sys.stderr)
    return 1 if errors else 0


def serve(args) -> int:
    """Serve the book on this machine and rebuild it when a source file changes."""
    from brief.build import serve as server

    return server.serve(book.find_root(), args.port)


def main() -> int:
    """Parse the command line and run one command."""
    parser = argparse.ArgumentParser(prog="python -m brief", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for function in (build, check, serve):
        command = commands.add_parser(function.__name__, help=function.__doc__)
        command.set_defaults(run=function)
        if function is build:
            command.add_argument("--draft", action="store_true", help="mark findings that fail, do not stop")
        if function is serve:
            command.add_argument("--port", type=int, default=8000)
    args = parser.parse_args()
    return args.run(args)


if __name__ == "__main__":
    sys.exit(main())
