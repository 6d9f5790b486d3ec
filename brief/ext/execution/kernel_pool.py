"""Warm kernels: started before they are wanted, with the slow libraries imported; each runs one chapter and ends.

A kernel here knows nothing of ours yet (no `brief`, no table), so what it runs is what a cold one would. It ends with
the process that began it, and with it all that its cells began. It listens at files in a folder of its own: a free port
can be taken by another build's kernel before this one has it, and whoever writes to that one waits for ever.
"""

import asyncio
import os
import shutil
import signal
import tempfile
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from nbclient.exceptions import DeadKernelError

from brief.ext.compat.of_notebooks import client_of_running, process_group
from brief.ext.execution.fork_server import server
from brief.project import KERNEL

# One chart: the first that a process draws takes half a second, in which no other thread runs. Drawing is for who has
# time, see `standby`: what did not change is drawn already (`store`).
WARM = """
import altair, pandas, vl_convert
chart = altair.Chart(pandas.DataFrame({"a": [1.0], "b": ["x"]})).mark_point().encode(x="a:Q", y="b:N")
spec = (chart + chart.mark_text()).to_dict()
"""
DRAW = "vl_convert.vegalite_to_svg(spec)\n"
_FORGET = "del altair, pandas, vl_convert, chart, spec\n"
STARTS = 3  # of a kernel that dies before it has anything of ours to run
LATEST = 60  # seconds after which a kernel that does not answer is given up
_DIED = f"the kernel died {STARTS} times while it started"
# One more than there are processors: a kernel that starts waits for much besides.
AT_ONCE = (os.cpu_count() or 1) + 1


@dataclass
class Job:
    """A notebook to run in `folder`; `done` gives it back with its outputs, or raises nbclient's error."""

    notebook: object
    folder: str
    timeout: int
    done: Future = field(default_factory=Future)
    cell: int | None = None  # the index in the notebook of the cell that began last


class Provisioner(LocalProvisioner):
    """Has jupyter-client's kernels forked by `server`."""

    async def launch_kernel(self, cmd: list[str], **kwargs):
        """As the local provisioner, whose attributes it sets."""
        env, self.cwd = kwargs.get("env", os.environ), str(kwargs.get("cwd") or os.getcwd())  # noqa: PTH109
        self.process = await asyncio.to_thread(server.fork, cmd, env, self.cwd)
        self.pid = self.pgid = self.process.pid  # it leads a group of its own
        return self.connection_info


class Kernels:
    """Runs each job on a kernel of its own, `size` of them at a time; a thread with an event loop minds each."""

    def __init__(self, size: int = AT_ONCE):
        self.room = BoundedSemaphore(size)
        self.jobs: SimpleQueue = SimpleQueue()
        self.threads: list[Thread] = []
        self.managers: set[AsyncKernelManager] = set()
        self.submitted = 0
        self.draws = False  # whether those that start have drawn once when they are ready
        self.ended = False  # by `kill`, until all are gone

    def prepare(self, wanted: int) -> None:
        """Start kernels for `wanted` jobs in all, as many at a time as there is room for."""
        while len(self.threads) < wanted:
            self.threads.append(Thread(target=self._life, daemon=True))
            self.threads[-1].start()

    def submit(self, job: Job) -> Future:
        """Run a job as soon as a kernel is free."""
        self.submitted += 1
        self.jobs.put(job)
        self.prepare(self.submitted)
        return job.done

    def close(self) -> None:
        """End the kernels that wait for nothing, and see all of them gone."""
        for _ in range(len(self.threads) - self.submitted):
            self.jobs.put(None)
        for thread in self.threads:
            thread.join()
        self.threads, self.submitted, self.ended = [], 0, False

    def kill(self) -> None:
        """End every kernel at once, and all that its cells began; none is started any more until `close`."""
        self.ended = True
        for manager in list(self.managers):
            if group := process_group(manager):
                with suppress(OSError):
                    os.killpg(group, signal.SIGKILL)
            shutil.rmtree(Path(manager.connection_file).parent, ignore_errors=True)

    def _life(self) -> None:
        """Start a kernel, run one job on it, end it."""
        with self.room, asyncio.Runner() as loop:
            try:
                for left in reversed(range(STARTS)):
                    try:
                        return self._run(loop)
                    except DeadKernelError:
                        if self.ended or not left:
                            raise
            except Exception as error:  # no kernel: whoever waits for this one must hear of it
                if job := self.jobs.get():
                    job.done.set_exception(error)

    def _run(self, loop: asyncio.Runner) -> None:
        """Start a kernel and run one job on it; raises DeadKernelError when it dies before it has the job."""
        if self.ended:
            raise DeadKernelError("the kernels were ended")
        with tempfile.TemporaryDirectory(prefix="brief-", ignore_cleanup_errors=True) as folder:
            manager = AsyncKernelManager(kernel_name=KERNEL, transport="ipc", connection_file=f"{folder}/k.json")
            manager.provisioner = Provisioner(kernel_id="", kernel_spec=manager.kernel_spec, parent=manager)
            self.managers.add(manager)
            try:
                client = loop.run(_started(manager, WARM + DRAW * self.draws + _FORGET))
                if job := self.jobs.get():
                    loop.run(_run(job, manager, client))
            finally:
                loop.run(manager.shutdown_kernel(now=True))
                self.managers.discard(manager)


async def _started(manager: AsyncKernelManager, warm: str):
    """A client to a kernel that is ready and ran the code `warm`; raises DeadKernelError.

    A reply that never comes would be waited for without end, so this looks every second whether the kernel lives.
    """
    start = asyncio.ensure_future(_start(manager, warm))
    while not (await asyncio.wait({start}, timeout=1))[0]:
        if manager.has_kernel and not await manager.is_alive():
            start.cancel()
            raise DeadKernelError(_DIED)
    return start.result()


async def _start(manager: AsyncKernelManager, warm: str):
    """A client to a kernel, once that is ready and warm."""
    await manager.start_kernel(extra_arguments=["--HistoryManager.enabled=False", "--log-level=ERROR"])
    client = manager.client()
    client.start_channels()
    try:
        async with asyncio.timeout(LATEST):
            await _ready(client)
        await client.execute(warm, silent=True, reply=True)
    except BaseException as error:  # also when the wait is given up
        client.stop_channels()
        if isinstance(error, RuntimeError | TimeoutError):  # jupyter-client raises the first of a kernel that died
            late = str(error) or f"the kernel did not answer in {LATEST} seconds"
            raise DeadKernelError(late if await manager.is_alive() else _DIED) from error
        raise
    return client


async def _ready(client) -> None:
    """Wait until a kernel answers and what it publishes is heard. jupyter-client's own way then listens for 0.2 s more,
    so that nobody hears what was published before: nbclient minds only what answers its cells."""
    while True:
        client.kernel_info()
        with suppress(Empty):  # asked anew: it is not there yet, or not all channels are
            await client.get_shell_msg(timeout=1)
            await client.get_iopub_msg(timeout=0.2)
            return


async def _run(job: Job, manager: AsyncKernelManager, client) -> None:
    await client.execute(f"import os; os.chdir({job.folder!r}); del os", silent=True, reply=True)

    def note(cell, cell_index):
        job.cell = cell_index

    options = {"timeout": job.timeout, "record_timing": False, "on_cell_execute": note}
    runner = client_of_running(job.notebook, manager, client, **options)
    try:
        await runner.async_execute()
        job.done.set_result(job.notebook)
    except Exception as error:
        job.done.set_exception(error)
    finally:
        client.stop_channels()


kernels = Kernels()  # those of this process
