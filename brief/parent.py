"""Ends this process when its parent ends, however that ends: the parent holds a pipe open, and its end is the word.

Signals would not do: a parent that is killed sends none. Used by every process of ours that another one begins. Ctrl-C
of a terminal is for the parent alone: those that it begins, it begins `shielded` or in a session of their own.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from multiprocessing import parent_process

word: Future[str] = Future()  # the first line that the parent sends, when it does
watched = False  # whether a parent began this process
last: list[Callable[[], None]] = []  # what is still to be done before this process ends with its parent


def watch() -> None:
    """From now on, end this process, after what is `last`, when standard input ends.

    Whatever this process begins has an empty standard input.
    """
    global watched
    watched = True
    own = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 (not a path of ours)
        os.dup2(nothing.fileno(), 0)

    def wait() -> None:
        if line := own.readline():
            word.set_result(line.decode())
        own.read()
        try:
            for each in last:
                each()
        finally:
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def end_with_parent() -> None:
    """The same in a process that `multiprocessing` began, forked or not, which has such a pipe by itself."""

    def wait() -> None:
        parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def shielded() -> Iterator[None]:
    """Processes begun in this block get no Ctrl-C, from their first moment on: a Python that starts would end in a
    traceback. They inherit that the signal is blocked; one that comes here meanwhile is handled after the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
