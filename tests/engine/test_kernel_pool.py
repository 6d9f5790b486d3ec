"""A kernel that dies before it has a chapter to run is started anew; a build that can't have one ends and says so."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient.exceptions import DeadKernelError

from brief.ext.execution.fork_server import ForkServer, server
from brief.ext.execution.kernel_pool import DRAW, STARTS, WARM, Job, Kernels

NOTEBOOK = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1)")])


def forked() -> list[psutil.Process]:
    """The kernels of this process: children of the server that forks them."""
    return psutil.Process(server.process.pid).children() if server.process else []


def kill_next(done: Future, known: set[int]) -> None:
    """Kill the next kernel that is not `known`, as soon as it is there."""
    end = time.monotonic() + 60
    while time.monotonic() < end and not done.done():
        for kernel in forked():
            if kernel.pid not in known:
                known.add(kernel.pid)
                kernel.kill()
                return
        time.sleep(0.02)


def kernels_that_die(times: int, folder) -> Future:
    """A job whose first kernels are killed while they start."""
    known = {kernel.pid for kernel in forked()}
    pool = Kernels(1)
    done = pool.submit(Job(NOTEBOOK, str(folder), 60))
    for _ in range(times):
        kill_next(done, known)
    pool.close()
    return done


def test_a_kernel_that_dies_while_it_starts_is_started_anew(tmp_path):
    (cell,) = kernels_that_die(STARTS - 1, tmp_path).result(0).cells
    assert cell.outputs[0].text == "1\n"


def test_kernels_that_always_die_end_the_wait(tmp_path):
    with pytest.raises(DeadKernelError, match="died 3 times while it started"):
        kernels_that_die(STARTS, tmp_path).result(0)


def test_no_kernel_listens_at_a_port_that_another_could_take_first(tmp_path):
    """Who wrote to another's port waited for ever, and the build with it."""
    ask, pool = "from ipykernel.connect import get_connection_info as said; print(said())", Kernels(2)
    notebooks = [nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(ask)]) for _ in range(2)]
    done = [pool.submit(Job(notebook, str(tmp_path), 60)) for notebook in notebooks]
    pool.close()
    one, two = (json.loads(each.result(0).cells[0].outputs[0].text) for each in done)
    assert one["transport"] == two["transport"] == "ipc" and one["ip"] != two["ip"]
    assert not Path(one["ip"]).parent.exists() and not Path(two["ip"]).parent.exists(), "what it listened at stays"


def test_what_warms_a_kernel_makes_a_chart_and_draws_it():
    """A kernel says nothing of what fails in it before it has a chapter."""
    done = subprocess.run([sys.executable, "-c", WARM + DRAW], capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr


BEGIN = "from brief.ext.execution.kernel_pool import kernels; kernels.prepare(1); input()"


def test_a_kernel_that_is_still_starting_ends_with_who_began_it(tmp_path):
    """Here it starts for ever, before it could look itself whether anybody is there."""
    (tmp_path / "ipykernel_launcher.py").write_text(
        "import time; open('here', 'w').close(); time.sleep(600)\n", "utf-8"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN], cwd=tmp_path, env=environment, stdin=subprocess.PIPE
    ) as parent:
        end = time.monotonic() + 60
        while not (tmp_path / "here").is_file() and time.monotonic() < end:
            time.sleep(0.02)
        begun = psutil.Process(parent.pid).children(recursive=True)
        assert len(begun) == 2, "the server and its kernel"
        parent.kill()
    _gone, alive = psutil.wait_procs(begun, timeout=60)
    for process in alive:
        process.kill()
    assert not alive, "they live on"


def test_a_server_that_died_or_has_another_path_is_begun_anew(tmp_path):
    (tmp_path / "said.py").write_text("import os, pathlib; pathlib.Path('pid').write_text(str(os.getppid()))", "utf-8")
    command, seen = [sys.executable, "-m", "said"], []
    fork, env = ForkServer(), os.environ | {"PYTHONPATH": str(tmp_path)}
    try:
        for change in (
            lambda: None,
            lambda: None,
            lambda: (fork.process.kill(), fork.process.wait()),
            lambda: env.update(PYTHONPATH=f"{tmp_path}:{tmp_path}"),
        ):
            change()
            assert fork.fork(command, env, str(tmp_path)).wait() == -9
            seen.append((tmp_path / "pid").read_text("utf-8"))
    finally:
        fork.close()
    assert seen[0] == seen[1] != seen[2] != seen[3] != seen[0]
