"""Measure and print. `python -m bench [--chapters 5 20 80] [--repeat 3] [--only this]`."""

import argparse
import datetime as dt
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import books
from bench.live import live_edit

OURS = [sys.executable, "-P", "-m", "brief", "build"]
STOCK = [sys.executable, "-P", "-c", "from jupyter_book.cli.main import main; main()", "build", "."]


def seconds(root: Path, command: list[str], **variables: str) -> float:
    """Run a build in `root`, with `variables` of the environment; how long it took. A build that fails has no time."""
    environment = os.environ | {"PYTHONPATH": str(root)} | variables
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=root, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    taken = time.monotonic() - begun
    if done.returncode:
        sys.exit(f"{' '.join(command)} in {root} failed:\n{done.stdout[-3000:]}")
    return taken


def median(measure, repeat: int) -> float:
    """The median of `repeat` measurements."""
    return statistics.median(measure() for _ in range(repeat))


def stock(root: Path) -> None:
    """Make a copy of a book one that stock Jupyter Book can rebuild correctly: by running everything."""
    config = root / "_config.yml"
    text = config.read_text("utf-8")
    changed = text.replace("execute_notebooks: cache", "execute_notebooks: force").replace(
        "[brief.ext]", "[bench.stock]"
    )
    assert changed != text
    config.write_text(changed, "utf-8")


def prose(root: Path, page: str) -> None:
    """Add a sentence to a chapter."""
    path = root / f"{page}.md"
    path.write_text(path.read_text("utf-8") + "\nOne more sentence, and nothing else.\n", "utf-8")


def measure(name: str, make, repeat: int) -> dict[str, float]:
    """Times in seconds on a book that `make(folder)` writes and gives the edits of."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        plain, ours = Path(folder, "stock"), Path(folder, "ours")
        make(plain)
        edits = make(ours)
        stock(plain)
        times = {}

        def clean(**variables):
            shutil.rmtree(ours / "_build", ignore_errors=True)
            return seconds(ours, OURS, **variables)

        def table(edit):
            edit.apply(ours)
            return seconds(ours, OURS)

        def sentence():
            prose(ours, edits[0].page)
            return seconds(ours, OURS)

        def rebuild():
            return seconds(plain, [*STOCK, "--all"], XDG_CACHE_HOME=os.devnull)  # our store, which stock has not

        rebuild()  # the first build also fills the machine's file caches
        times["stock"] = median(rebuild, min(repeat, 3))
        times["stock no-op"] = median(lambda: seconds(plain, STOCK), repeat)
        times["first"] = median(lambda: clean(XDG_CACHE_HOME=os.devnull), min(repeat, 3))
        clean()
        times["clean"] = median(clean, min(repeat, 3))
        times["no-op"] = median(lambda: seconds(ours, OURS), repeat)
        times["one table"] = statistics.median([table(edit) for edit in edits for _ in range(2)])
        times["prose"] = median(sentence, repeat)
        times["live"] = statistics.median(live_edit(ours, edits))
    print(name, {kind: round(taken, 1) for kind, taken in times.items()}, file=sys.stderr, flush=True)
    return times


def report(results: dict[str, dict[str, float]]) -> str:
    """A Markdown table: seconds, and the ratio to stock's correct rebuild (the no-op: to stock's no-op).

    A user's first build finds nothing in the store, a clean one what earlier ones left there.
    """
    head = ("book", "stock rebuild", "first", "clean", "one table", "live edit", "prose", "nothing changed", "stock's")
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, t in results.items():
        cells = [
            f"{t[kind]:.1f} s ({t[kind] / t['stock']:.2f})" for kind in ("first", "clean", "one table", "live", "prose")
        ]
        cells.append(f"{t['no-op']:.1f} s ({t['no-op'] / t['stock no-op']:.2f})")
        lines.append(f"| {name} | {t['stock']:.1f} s | {' | '.join(cells)} | {t['stock no-op']:.1f} s |")
    return "\n".join(lines)


def main() -> None:
    """Measure each book in turn and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--chapters", type=int, nargs="*", default=[5, 20, 80], help="sizes of the generated books")
    parser.add_argument("--repeat", type=int, default=3, help="measurements of which the median is taken")
    args = parser.parse_args()
    results = {"this book": measure("this book", books.this_book, args.repeat)}
    for size in args.chapters:
        name, few = f"{size} chapters", 1 if size > 20 else args.repeat
        results[name] = measure(name, lambda folder, size=size: books.generated(folder, size), few)
    print(f"{dt.date.today()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    print(report(results))


if __name__ == "__main__":
    main()
