"""What is used of MyST-NB, Jupyter's clients and Jupyter Book beyond what they promise."""

from pathlib import Path

from docutils import nodes
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from sphinx.application import Sphinx


def read_notebook(env, docname: str):
    """The notebook of a page as MyST-NB reads it, or None when it has no cells.

    Uses its `create_nb_reader`, with `myst_config` and `mystnb_config` as its parser takes them from the environment:
    it publishes no reader, and which run of the cache a page finds depends on what this one makes of it. Seen in
    MyST-NB 1.4.0.
    """
    from myst_nb.core.read import create_nb_reader  # slow to load, and kernels are to start before

    path = env.doc2path(docname)
    text = Path(path).read_text("utf-8")
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, text)
    return reader and reader.read(text)


def fence_line(notebook, cell) -> int:
    """The line, from 0, of what opens a cell in its page's file, for a notebook that `read_notebook` gave.

    Uses `source_map` of the notebook's metadata, which MyST-NB leaves for itself. Seen in MyST-NB 1.4.0.
    """
    return notebook.metadata["source_map"][notebook.cells.index(cell)]


def cache_folder(app: Sphinx, config) -> Path:
    """The folder of the cached runs, before MyST-NB has said it.

    Repeats its default, which it sets only when the builder is there: by then kernels should run. Seen in
    MyST-NB 1.4.0.
    """
    return Path(config.overrides.get("nb_execution_cache_path") or Path(app.outdir).parent / ".jupyter_cache")


def execution_settings(env):
    """MyST-NB's settings of a build: `execution_mode`, `execution_cache_path`, `execution_timeout` in seconds.

    Uses `mystnb_config` of the environment: the values of Sphinx's configuration do not have its defaults resolved.
    Seen in MyST-NB 1.4.0.
    """
    return env.mystnb_config


def page_renderer(plugin):
    """What turns a page's text into nodes, for a render plugin's argument: it has `sphinx_env`.

    Uses `renderer.renderer`: MyST-NB hands its plugins the renderer of outputs alone. Seen in MyST-NB 1.4.0.
    """
    return plugin.renderer


CELL, INPUT, OUTPUT = "cell_code", "cell_code_source", "cell_code_output"


def is_part_of_cell(node: nodes.Node, part: str) -> bool:
    """Whether a node is a whole cell (CELL), its code (INPUT) or what it printed (OUTPUT).

    Uses the values of `nb_element`: MyST-NB makes plain containers and has no node classes for cells. Seen in
    MyST-NB 1.4.0.
    """
    return isinstance(node, nodes.container) and node.get("nb_element") == part


STYLE_SHEET = "mystnb."  # what its name among the static files begins with


def add_cell_styles(app: Sphinx) -> None:
    """Have MyST-NB's style sheet among the static files now.

    Calls its handler of `build-finished`: it comes so late that the first build's links to the sheet lack the
    checksum which the second one's have. Seen in MyST-NB 1.4.0.
    """
    from myst_nb.sphinx_ext import add_global_html_resources  # slow to load, and kernels are to start before

    add_global_html_resources(app, None)


def process_group(manager: AsyncKernelManager) -> int | None:
    """The group of a kernel's processes; None when it does not run.

    Uses `pgid` of the local provisioner: `shutdown_kernel` waits, and needs the event loop of another thread. Seen in
    jupyter-client 8.10.0.
    """
    return getattr(manager.provisioner, "pgid", None)


def client_of_running(notebook, manager: AsyncKernelManager, client, **options) -> NotebookClient:
    """What runs a notebook in a kernel that runs already and has a client.

    Sets `kc`, after which nbclient starts neither: it takes a kernel's manager, but would make a client of its own.
    Seen in nbclient 0.11.0.
    """
    runner = NotebookClient(notebook, km=manager, **options)
    runner.kc = client
    return runner


def jupyter_book(arguments: list[str]) -> int:
    """Run Jupyter Book's command line in this process; its exit status.

    Calls `jupyter_book.cli.main`: it has no other entry, and a process of its own would load everything again. Seen in
    Jupyter Book 1.0.4.
    """
    from jupyter_book.cli.main import main  # slow to load, and kernels are to start before

    return main(arguments, standalone_mode=False) or 0
