"""Ends this process when its parent ends, however that ends: the parent holds a pipe open, and its end is the word.

Signals would not do: a parent that is killed sends none. Used by every process of ours that another one begins.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future

word: Future[str] = Future()  # the first line that the parent sends, when it does


def watch(last: Callable[[], None] = lambda: None) -> None:
    """From now on, end this process after `last` when standard input ends.

    Whatever this process begins has an empty standard input.
    """
    own = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 (not a path of ours)
        os.dup2(nothing.fileno(), 0)

    def wait() -> None:
        if line := own.readline():
            word.set_result(line.decode())
        own.read()
        try:
            last()
        finally:
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
