"""What is used of Sphinx and of sphinx-external-toc beyond what they promise."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from docutils import nodes
from jinja2 import BytecodeCache, TemplateError
from sphinx.application import Sphinx
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.build_phase import BuildPhase
from sphinx_external_toc import collectors


def has_warnings(app: Sphinx) -> bool:
    """Whether there have been warnings. Uses `app._warncount`. Seen in Sphinx 7.4.7."""
    return bool(app._warncount)


def has_failing_warnings(app: Sphinx) -> bool:
    """Whether there have been warnings, and they count as errors.

    Uses that Sphinx keeps `warningiserror` or `keep_going`, never both: it says itself how a build ended only after the
    last event. Seen in Sphinx 7.4.7.
    """
    return (app.warningiserror or app.keep_going) and has_warnings(app)


def turn_output(app: Sphinx, folder: Path) -> None:
    """Have the build write to another folder.

    Assigns `app.outdir` while extensions are set up: Sphinx has no public way to build beside a target, and makes
    its builder, which copies the folder, only after that. Seen in Sphinx 7.4.7.
    """
    app.outdir = type(app.outdir)(folder)


def environment_file(app: Sphinx) -> Path:
    """The file of the last build's environment, which need not be there.

    Knows its name: without the file Sphinx reads every page again, and has no other switch for that once it runs.
    Seen in Sphinx 7.4.7.
    """
    return Path(app.doctreedir) / "environment.pickle"


def finish_pages(app: Sphinx, finish: Callable[[dict, str], str]) -> None:
    """Have `finish` (of a page's context and its HTML) give each page's final HTML.

    Replaces `render` of the builder's templates: Sphinx has no event between a page's template and its file. Who asks
    later gets what earlier ones gave. Seen in Sphinx 7.4.7.
    """
    templates = app.builder.templates
    render = templates.render
    templates.render = lambda template, context: finish(context, render(template, context))


def write_pages(app: Sphinx, write: Callable[[Sequence[str], Callable[[str], None]], None]) -> None:
    """Have `write` (of the names of the pages to be written, and of what writes one) write the pages.

    Replaces `_write_serial` of the builder: Sphinx can write pages in parallel, but resolves them in one process, which
    takes longer. Does for a page what that does. Seen in Sphinx 7.4.7.
    """
    builder = app.builder

    def one(name: str) -> None:
        app.phase = BuildPhase.RESOLVING
        doctree = app.env.get_and_resolve_doctree(name, builder)
        app.phase = BuildPhase.WRITING
        builder.write_doc_serialized(name, doctree)
        builder.write_doc(name, doctree)

    builder._write_serial = lambda names: write(names, one)


def find_nodes_in_a_loop() -> None:
    """Have nodes that a class or a function chooses found by a loop over the tree, not by a generator in each node.

    Replaces `findall` of docutils' nodes where it is asked for all below a node, which extensions do dozens of times on
    each page: three quarters of that time. Seen in docutils 0.21.2.
    """
    findall = nodes.Node.findall

    def found(node, condition=None, include_self=True, descend=True, siblings=False, ascend=False):
        if condition is None or not include_self or not descend or siblings or ascend:
            yield from findall(node, condition, include_self, descend, siblings, ascend)
            return
        chosen = (lambda each: isinstance(each, condition)) if isinstance(condition, type) else condition
        if chosen(node):
            yield node
        open_ = [iter(node.children)]
        while open_:
            for child in open_[-1]:
                if chosen(child):
                    yield child
                if child.children:
                    open_.append(iter(child.children))
                    break
            else:
                open_.pop()

    nodes.Node.findall = found


def keep_compiled(app: Sphinx, cache: BytecodeCache) -> None:
    """Have `cache` keep the code of the theme's templates beyond this build.

    Sets `bytecode_cache` of the environment that the builder's templates have made: Sphinx has no setting for it. Seen
    in Sphinx 7.4.7.
    """
    app.builder.templates.environment.bytecode_cache = cache


def load_templates(app: Sphinx) -> None:
    """Have the templates of the theme and of those that it builds on loaded; one that is none by itself is left out.

    Uses `pathchain` and `environment` of the builder's templates. Seen in Sphinx 7.4.7.
    """
    templates = app.builder.templates
    for folder in map(Path, templates.pathchain):
        for file in sorted(folder.rglob("*.html")):
            with suppress(TemplateError):
                templates.environment.get_template(file.relative_to(folder).as_posix())


def without_search(app: Sphinx) -> None:
    """Have Sphinx make no search of its own: neither its index nor its page.

    Sets `search` of the builder, which Sphinx has for builders of help files, and replaces `handle_finish`, which
    writes the index without asking for that. Seen in Sphinx 7.4.7.
    """
    builder = app.builder
    builder.search = False
    builder.handle_finish = lambda: builder.finish_tasks.add_task(builder.dump_inventory)


def parts_of_contents(app: Sphinx) -> list[tuple[str, list[str]]]:
    """The parts of _toc.yml: each caption with the names of the pages right below it.

    Uses `external_site_map`, which sphinx-external-toc leaves on the environment or, before that has been written
    once, on the configuration: captions are in no toctree of Sphinx's by the time pages are written. Seen in
    sphinx-external-toc 1.1.0.
    """
    site = getattr(app.env, "external_site_map", None) or app.config.external_site_map
    return [(tree.caption, [str(item) for item in tree.items]) for tree in site.root.subtrees] if site else []


def find_collectors_by_listener() -> None:
    """Let sphinx-external-toc find Sphinx's own collector among the listeners of events, and not among all objects.

    Replaces `disable_builtin_toctree_collector` of its module `collectors`, which asks gc.get_objects(): a tuple that
    a thread is filling then, while kernels start, has a second reference, and Python ends that thread with a
    SystemError. Uses `app.events.listeners`. Seen in sphinx-external-toc 1.1.0 and Sphinx 7.4.7.
    """

    def disable(app: Sphinx) -> None:
        owners = [getattr(each.handler, "__self__", None) for each in app.events.listeners.get("doctree-read", ())]
        for collector in owners:
            if type(collector) is TocTreeCollector:
                collector.disable(app)

    collectors.disable_builtin_toctree_collector = disable
