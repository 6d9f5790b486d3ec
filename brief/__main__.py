"""`python -m brief build | check | changes | pdf | slides | epub | edition | serve | refresh | new`: the commands."""

import argparse
import json
import os
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from brief import project


def build(args: Namespace) -> int:
    """Build the book to _build/html and print where to open it; nothing runs when an input is not valid."""
    from brief.cli import build as run
    from brief.cli import changes
    from brief.ext.incremental import snapshot, unchanged

    root, started = project.find_root(), time.monotonic()
    site = root / "_build" / "html"
    address = (site / "index.html").as_uri()
    nothing = f"Nothing changed since the last build. Open {address}"
    now = snapshot.snapshot(root)
    stands = None if args.draft else unchanged.stands(root, now)
    if stands and not changes.uncommitted_tables(root):  # nothing to ask of: what asks takes a second to load
        print(nothing)
        return 0
    begun = None if stands else run.Build(root, args.draft, begun_with=now)  # it publishes at our word
    from brief.cli import table_report
    from brief.ext.facts import changed_facts

    before = project.facts_if_built(root)
    tables = table_report.of_build(root, table_report.built(root))
    status = 0 if stands else run.ended(root, args.draft, begun).status
    if status:
        from brief.ext.checks import inputs

        tables = [] if inputs.all_errors(root) else tables  # errors of inputs stand alone
    print(*tables, sep="\n", end="\n" * bool(tables))
    if status == 0 and before and not stands:
        print("\nSince the last build:", changed_facts.compare(before, project.facts(site)).listed())
    if status == 0:
        print(f"\n{nothing}" if stands else f"\nBuilt in {time.monotonic() - started:.1f} s. Open {address}")
    return status


def check(args: Namespace) -> int:
    """Print every error in the tables, in what describes the book and in cells that pages quote; 1 when there is one.

    Without an error, what reads badly in the pages is printed as warnings.
    """
    from brief.ext.checks import inputs

    root = project.find_root()
    errors = inputs.all_errors(root) or inputs.quotation_errors(root)
    for line in errors:
        print(line, file=sys.stderr)
    if not errors:
        warned = inputs.all_warnings(root)
        print(*(f"warning: {line}" for line in warned), sep="\n", end="\n" * bool(warned))
        tables = len(project.package(root)["resources"])
        print(f"{tables} tables, their sources, what describes the book and what pages quote of them: no error")
    return 1 if errors else 0


def changes(args: Namespace) -> int:
    """Say what changed between two builds: facts.json files, built sites or git revisions."""
    from brief.cli import changes, table_report
    from brief.ext.facts import changed_facts

    root = project.find_root()
    try:
        with changes.place(root, args.old) as old, changes.place(root, args.new) as new:
            found = changed_facts.compare(*(json.loads(file.read_text("utf-8")) for file in (old, new)))
            drawn = changes.pictures(old, new, found, Path(args.pictures)) if args.pictures else 0
    except (FileNotFoundError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    tables = table_report.between(root, args.old, args.new)
    if asked := table_report.asked(tables, args.markdown):
        print(asked)
    print(found.markdown() if args.markdown else found.text(), table_report.told(tables, args.markdown), sep="\n\n")
    if drawn and not args.markdown:  # whoever makes a comment of it says where the pictures are
        print(f"\n{drawn} of the figures before and after: {args.pictures}/index.html")
    return 0


def edition(args: Namespace) -> int:
    """Freeze the book as the edition that CITATION.cff names, in a folder of the published site."""
    from brief.cli import build as run
    from brief.cli import editions, table_report

    root = project.find_root()
    site = (root / args.site).resolve()
    try:
        editions.permit(root, site, args.version)
        if known := editions.listed(site):
            print(table_report.of_edition(root, site / known[0]["edition"]), flush=True)
        made = editions.make(root, site, args.version)
    except (editions.Refused, run.Overtaken) as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"\nEdition {made.name}: {made.as_uri()}/index.html. Commit editions/{made.name}.json; publish {made.parent}")
    return 0


def pdf(args: Namespace) -> int:
    """Typeset the built book: _build/pdf/brief.pdf, a PDF for each chapter, the brief on one page, a deck of slides."""
    from brief.print import epub as packed
    from brief.print import pdf as typeset
    from brief.print import slides

    makers = {typeset.FOLDER: typeset.made}
    if args.site:
        makers |= {packed.FOLDER: packed.made, slides.FOLDER: slides.made}
    return _printed(makers, on_site=args.site)


def slides(args: Namespace) -> int:
    """Draw each figure of the built book as a slide, 16:9: SVG, PNG and a deck, in _build/slides."""
    from brief.print import pdf as typeset
    from brief.print import slides as drawn

    return _printed({drawn.FOLDER: lambda root, site: drawn.made(root, site) | typeset.made(root, site, drawn.NAME)})


def epub(args: Namespace) -> int:
    """Pack the built book as an EPUB: _build/epub/brief.epub."""
    from brief.print import epub as packed

    return _printed({packed.FOLDER: packed.made}, typeset=False)


def _printed(makers: dict[str, Callable], on_site: bool = False, typeset: bool = True) -> int:
    """Keep the files that each of `makers` makes of the built book in the folder of that name, and print a line for
    each; 1 when that fails. `typeset`: it takes Pango.

    The book is built for it: that takes seconds when it was already, and the build knows best whether it was.
    """
    from brief.cli import build as run
    from brief.ext.incremental import unchanged
    from brief.print import offered, system_deps

    root = project.find_root()
    if typeset and not system_deps.ensure():
        return 1
    site, made_of = root / "_build" / "html", unchanged.stands(root)
    if not made_of:
        built = run.ended(root)
        if built.status:
            return 1
        made_of = built.begun_with
    try:
        with run.as_built(root, made_of):
            made = {folder: make(root, site) for folder, make in makers.items()}
    except run.Overtaken as reason:
        print(reason, file=sys.stderr)
        return 1
    files = [file for folder, content in made.items() for file in offered.keep(content, root / folder)]
    files += offered.offer(files, site) if on_site else []
    print(offered.told(files, root))
    return 0


def serve(args: Namespace) -> int:
    """Serve the book on this machine and rebuild it when a source file changes."""
    from brief.cli import serve as server

    return server.serve(project.find_root(), args.port)


def refresh(args: Namespace) -> int:
    """Take a publisher's new file into its tables: show what changes; without a file, what is held and due."""
    from brief.refresh import command

    return command.refresh(project.find_root(), args.source, args.write, args.released, args.read_from, args.facts)


def links(args: Namespace) -> int:
    """Ask every address that the data name whether it is still there; says which are gone, and where a copy is."""
    from brief.cli import links as asked

    root = project.find_root()
    report, status = asked.check(root)
    print(f"{report}\nAlso in {asked.REPORT}")
    return status


def new(args: Namespace) -> int:
    """Begin another book: write one that builds, with a chapter, a table, tests and CI, to an empty folder."""
    from brief.cli import new_book

    try:
        made = new_book.write(Path(args.folder))
    except new_book.Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"{len(made)} files in {Path(args.folder).resolve()}. Its README.md says how to build it.")
    print("Its requirements.txt installs the engine from where it is now, a placeholder until others can reach that:")
    print(f"  {new_book.engine()}")
    return 0


def main() -> int:
    """Parse the command line and run one command."""
    parser = argparse.ArgumentParser(prog="python -m brief", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for function in (build, check, changes, pdf, slides, epub, edition, serve, refresh, links, new):
        command = commands.add_parser(function.__name__, help=function.__doc__)
        command.set_defaults(run=function)
        if function is build:
            command.add_argument("--draft", action="store_true", help="mark findings that fail, do not stop")
        if function is changes:
            command.add_argument("old", help="facts.json, a built site or a git revision")
            command.add_argument("new", nargs="?", default="_build/html", help="likewise; this build without it")
            command.add_argument("--markdown", action="store_true", help="for a pull request")
            command.add_argument("--pictures", metavar="DIR", help="show redrawn figures there, before and after")
        if function is edition:
            command.add_argument("version", nargs="?", help="must be CITATION.cff's; that without it")
            command.add_argument("--site", default="site", help="the folder of editions")
        if function is pdf:
            command.add_argument("--site", action="store_true", help="put them, slides and EPUB on the site too")
        if function is serve:
            command.add_argument("--port", type=int, default=8000)
        if function is new:
            command.add_argument("folder", metavar="DIR", help="made when it is not there")
        if function is refresh:
            command.add_argument(
                "source", nargs="?", metavar="FROM", help="a file, folder or zip as the publisher has it"
            )
            command.add_argument("--write", action="store_true", help="change data/, do not only show")
            command.add_argument("--read-from", default="", help="where the file is from, if not from its publisher")
            command.add_argument(
                "--released", default="", help="of which release the file is, where it does not say: 2026-07-19"
            )
            command.add_argument("--facts", action="store_true", help="build a draft to say which facts change")
    args = parser.parse_args()
    return args.run(args)


# Ctrl-C, a plain `kill`, a closed terminal.
_ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _end(number: int, _frame: FrameType | None) -> None:
    """Unwind, so that all that was begun is ended and put away; a second word would only stop that."""
    for ending in _ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise SystemExit(128 + number)


def command(run: Callable[[], int | None] = main) -> int:
    """`run` as a program of the shell: its endings have the shell's numbers and no traceback."""
    for ending in _ENDINGS:
        if signal.getsignal(ending) is not signal.SIG_IGN:  # as `nohup` has it
            signal.signal(ending, _end)
    status = 1
    try:
        status = run() or 0
    except project.NoBook as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # whoever read what we say has gone
        status = 128 + signal.SIGPIPE
    except SystemExit as end:
        status = end.code
    try:
        if sys.stdout:  # there is none when it was closed before
            sys.stdout.flush()
    except OSError:
        status = status or 128 + signal.SIGPIPE
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Python flushes once more, and complains
    return status


if __name__ == "__main__":
    sys.exit(command())
