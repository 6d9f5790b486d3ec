"""Warm kernels: started before they are wanted, with the slow libraries imported; each runs one chapter and ends.

A kernel here knows nothing of ours yet (no `brief`, no table), so what it runs is what a cold one would.
"""

import asyncio
import os
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import BoundedSemaphore, Thread

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

# What every chapter imports, and one chart: the first one that a process makes or draws takes half a second.
_WARM = """
import altair, pandas, vl_convert
chart = altair.Chart(pandas.DataFrame({"a": [1.0], "b": ["x"]})).mark_point().encode("a:Q", "b:N")
vl_convert.vegalite_to_svg((chart + chart.mark_text()).to_dict())
del altair, pandas, vl_convert, chart
"""
KERNEL = "python3"
# One more than there are processors: a kernel that starts waits for much besides.
AT_ONCE = (os.cpu_count() or 1) + 1


@dataclass
class Job:
    """A notebook to run in `folder`; `done` gives it back with its outputs, or raises nbclient's error."""

    notebook: object
    folder: str
    timeout: int
    done: Future = field(default_factory=Future)


class Kernels:
    """Runs each job on a kernel of its own, `size` of them at a time; a thread with an event loop minds each."""

    def __init__(self, size: int = AT_ONCE):
        self.room = BoundedSemaphore(size)
        self.jobs: SimpleQueue = SimpleQueue()
        self.threads: list[Thread] = []
        self.submitted = 0

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
        self.threads, self.submitted = [], 0

    def _life(self) -> None:
        """Start a kernel, run one job on it, end it."""
        with self.room, asyncio.Runner() as loop:
            manager = AsyncKernelManager(kernel_name=KERNEL)
            try:
                client = loop.run(_start(manager))
                if job := self.jobs.get():
                    loop.run(_run(job, manager, client))
            except Exception as error:  # no kernel: whoever waits for this one must hear of it
                if job := self.jobs.get():
                    job.done.set_exception(error)
            finally:
                loop.run(manager.shutdown_kernel(now=True))


async def _start(manager: AsyncKernelManager):
    """A client to a kernel that is ready and warm."""
    await manager.start_kernel(extra_arguments=["--HistoryManager.enabled=False", "--log-level=ERROR"])
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    await client.execute(_WARM, silent=True, reply=True)
    return client


async def _run(job: Job, manager: AsyncKernelManager, client) -> None:
    await client.execute(f"import os; os.chdir({job.folder!r}); del os", silent=True, reply=True)
    runner = NotebookClient(job.notebook, km=manager, timeout=job.timeout, record_timing=False)
    runner.kc = client
    try:
        await runner.async_execute()
        job.done.set_result(job.notebook)
    except Exception as error:
        job.done.set_exception(error)
    finally:
        client.stop_channels()


kernels = Kernels()  # those of this process
