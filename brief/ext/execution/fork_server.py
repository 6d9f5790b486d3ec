"""A process that has imported what every kernel imports, and forks: a kernel then costs milliseconds, not seconds.

Importing pandas, Altair and ipykernel takes most of the time of a kernel's start. It is done once for all kernels of a
build, as `multiprocessing`'s fork server does it; that one would import the program that builds into each kernel.
The server has no thread but the one that waits, no table and nothing of ours. It and its kernels end with the process
that began it, however that ends.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from threading import Lock

# Both ends of our life are pipes that we hold open: the server ends with its standard input, a kernel with `life`.
# Nobody waits for the kernels, so the system does (SIGCHLD), but they wait for what their cells begin.
_SERVER = """
import os, signal, sys, threading
life, (requests, answers) = int(sys.argv[1]), (os.dup(0), os.dup(1))

def end_with(pipe):
    threading.Thread(target=lambda: (os.read(pipe, 1), os.killpg(0, signal.SIGKILL)), daemon=True).start()

def become(wanted):
    os.setpgid(0, 0)
    end_with(life)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(wanted["cwd"])
    sys.argv[:] = wanted["argv"]
    runpy.run_module(wanted["module"], run_name="__main__", alter_sys=True)

end_with(life)
with open(os.devnull, "r+b", 0) as nothing:
    for standard in (0, 1, 2):
        os.dup2(nothing.fileno(), standard)
import json, runpy
import altair, ipykernel.kernelapp, pandas, vl_convert
del altair, ipykernel, pandas, vl_convert
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
with os.fdopen(requests, "rb") as lines:
    for line in lines:
        if not (pid := os.fork()):
            os.close(requests), os.close(answers)
            become(json.loads(line))
            os._exit(0)
        try:
            os.setpgid(pid, pid)  # here too: whoever hears of it may end its group at once
        except OSError:
            pass
        os.write(answers, b"%d\\n" % pid)
"""


class Forked:
    """A kernel's process, as `subprocess.Popen` would be: it is the server's child, and nobody learns its status."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -signal.SIGKILL
        return None

    def wait(self) -> int:
        while self.poll() is None:
            time.sleep(0.02)
        return -signal.SIGKILL

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """Begun when first asked, and anew when it died or when the interpreter or its environment is another."""

    def __init__(self):
        self.lock = Lock()
        self.process: subprocess.Popen | None = None
        self.kind: tuple = ()
        self.life: tuple[int, ...] = ()

    def fork(self, command: list[str], env: Mapping[str, str], cwd: str) -> Forked:
        """A process that runs `command`, "PYTHON ... -m MODULE ARGUMENT ..."; raises OSError when there is none."""
        at = command.index("-m")
        wanted = {"module": command[at + 1], "argv": command[at + 1 :], "env": dict(env), "cwd": cwd}
        with self.lock:
            self.begin(command[:at], env)
            try:
                self.process.stdin.write(json.dumps(wanted).encode() + b"\n")
                self.process.stdin.flush()
                return Forked(int(self.process.stdout.readline()))
            except (OSError, ValueError) as error:  # it died, or answered nothing
                raise OSError("no process to fork a kernel from") from error

    def begin(self, python: list[str], env: Mapping[str, str]) -> None:
        """Have the server run, as soon as it is known that it will be asked: it loads meanwhile."""
        kind = (*python, *sorted(pair for pair in env.items() if pair[0].startswith("PYTHON")))
        if self.process is not None and self.process.poll() is None and kind == self.kind:
            return
        self.close()
        self.kind, self.life = kind, os.pipe()
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        plain = {name: value for name, value in env.items() if not name.startswith("JPY_")}  # else it minds its parent
        command = [*python, "-c", _SERVER, str(self.life[0])]
        self.process = subprocess.Popen(command, **streams, env=plain, pass_fds=self.life[:1], start_new_session=True)

    def close(self) -> None:
        """End it and all that it forked."""
        for end in self.life:
            os.close(end)
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait()
        self.process, self.life = None, ()


server = ForkServer()  # of this process
