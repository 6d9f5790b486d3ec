"""What the package uses of other projects without their promise: each use still does what it did where it was seen.

When one of these fails after an upgrade, its message says which function of brief/ext/compat to look at, what that
uses and in which version it was seen. All other code is held to stay out of what is private to others.
"""

import ast
import importlib
import importlib.util
import inspect
import io
import pkgutil
import re
import shutil
import sys
import weakref
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace

import jinja2
import nbformat
import pybtex.plugin
import pytest
from citeproc.model import CitationStylesElement, Text
from docutils import nodes
from jupyter_client import KernelManager
from jupyter_client.provisioning import LocalProvisioner
from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer
from pypdfium2 import PdfDocument
from sphinx.application import Sphinx
from sphinx.events import EventListener
from sphinx.util import logging
from sphinx.util.docutils import docutils_namespace, patch_docutils

import brief
from brief import project
from brief.ext.citations import csl
from brief.ext.compat import of_bibliographies, of_citeproc, of_notebooks, of_sphinx, of_theme, of_weasyprint
from brief.ext.mime import RecordRenderer
from brief.print import pdf
from tests.conftest import ROOT, in_own_loop, theme_file

MODULES = (of_sphinx, of_notebooks, of_bibliographies, of_citeproc, of_theme, of_weasyprint)
TEXT = (
    "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n\n# Three\n\nWords.\n\n```{code-cell}\n1 + 1\n```\n"
)
SEEN = re.compile(r"Seen in ([A-Za-z-]+(?: Book)?) (\d[\d.]*)(?: and ([A-Za-z-]+) (\d[\d.]*))?\.")
USES = [
    value for module in MODULES for name, value in vars(module).items()
    if (inspect.isfunction(value) or inspect.isclass(value)) and value.__module__ == module.__name__
]  # fmt: skip


def where(use) -> str:
    return f"{use.__module__}.{use.__name__}"


@contextmanager
def holds(use):
    """Say in words, when what stands here fails, which use of which project changed."""
    try:
        yield
    except Exception as error:
        found = SEEN.search(re.sub(r"\s+", " ", use.__doc__))
        name, seen = found.group(1), found.group(2)
        now = project.library_version(name.lower().replace(" ", "-"))
        about = re.sub(r"\s+", " ", use.__doc__).strip()
        pytest.fail(
            f"{name} {now} no longer has what {where(use)} uses, which was seen in {seen}: {about} "
            f"({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''})",
            pytrace=False,
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site of one page and one notebook, made by Sphinx, MyST-NB and the theme without the engine's extension.

    Its `asked` is what handlers and the renderer of outputs met on the way.
    """
    root = tmp_path_factory.mktemp("compat")
    source, turned = root / "book", root / "turned"
    source.mkdir()
    (source / "index.md").write_text("# One\n\n{cite:t}`key`\n\n```{bibliography}\n```\n", "utf-8")
    cell = nbformat.v4.new_code_cell("1 + 1")
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "2"}, execution_count=1)]
    second = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Two"), cell])
    (source / "two.ipynb").write_text(nbformat.writes(second), "utf-8")
    toc = "format: jb-book\nroot: index\nparts:\n- caption: The rest\n  chapters:\n  - file: two\n  - file: text\n"
    (source / "_toc.yml").write_text(toc, "utf-8")
    (source / "text.md").write_text(TEXT, "utf-8")
    (source / "all.bib").write_text("@misc{key, title={Of bread}, author={Baker, Ann}, year={2020}}\n", "utf-8")

    asked = SimpleNamespace(menu=None, docname="", inline=[], cache=None, written=[])
    probe = ModuleType("brief_compat_probe")

    def begin(app):
        of_sphinx.finish_pages(app, lambda _context, html: html + "<!-- first -->")
        of_sphinx.finish_pages(app, lambda _context, html: html + "<!-- second -->")
        of_sphinx.write_pages(app, write)

    def write(names, one):
        for name in reversed(names):
            asked.written.append(name)
            one(name)

    def meet(app, pagename, templatename, context, doctree):
        asked.menu = asked.menu or of_theme.download_menu(context)

    def set_up(app):
        asked.cache = of_notebooks.cache_folder(app, app.config)
        of_sphinx.turn_output(app, turned / "html")
        app.connect("builder-inited", begin, priority=950)
        app.connect("html-page-context", meet, priority=950)

    def met(renderer, data, inline):
        asked.docname = of_notebooks.page_renderer(renderer).sphinx_env.docname

    probe.setup = set_up
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sys.modules, probe.__name__, probe)
        patched.setattr(pybtex.plugin, "find_plugin", pybtex.plugin.find_plugin)
        patched.setattr(RecordRenderer, "handle_mime", staticmethod(met))
        of_bibliographies.remember_plugins()
        extensions = ["myst_nb", "sphinx_external_toc", "sphinxcontrib.bibtex", "sphinx_book_theme", probe.__name__]
        values = {
            "extensions": extensions,
            "html_theme": "sphinx_book_theme",
            "html_theme_options": {"use_download_button": True},
            "bibtex_bibfiles": ["all.bib"],
            "nb_execution_mode": "off",
            "external_toc_exclude_missing": True,
            "suppress_warnings": ["toc"],
        }
        quiet = {"status": None, "warning": io.StringIO(), "warningiserror": True, "keep_going": True}
        out = str(root / "out" / "html")
        with patch_docutils(), docutils_namespace():  # other tests of this process build too
            app = Sphinx(str(source), None, out, str(root / "doctrees"), "html", confoverrides=values, **quiet)
            app.build()
        asked.plugins = pybtex.plugin.find_plugin.cache_info()
    asked.app, asked.page, asked.turned = app, (turned / "html" / "index.html").read_text("utf-8"), turned
    return asked


def test_sphinx_counts_warnings_and_keeps_one_way_to_fail(built):
    with holds(of_sphinx.has_failing_warnings), holds(of_sphinx.has_warnings):
        before = built.app._warncount
        logging.getLogger("brief").warning("of a test")
        assert built.app._warncount == before + 1
        assert built.app.keep_going and not built.app.warningiserror
        assert of_sphinx.has_warnings(built.app) and of_sphinx.has_failing_warnings(built.app)


def test_sphinx_builds_where_it_is_turned_to(built):
    with holds(of_sphinx.turn_output):
        assert Path(built.app.builder.outdir) == built.turned / "html" and "One" in built.page


def test_sphinx_keeps_its_environment_by_that_name(built):
    with holds(of_sphinx.environment_file):
        assert of_sphinx.environment_file(built.app).is_file()


def test_each_page_passes_the_templates_render_function(built):
    with holds(of_sphinx.finish_pages):
        assert built.page.endswith("<!-- first --><!-- second -->")


def test_pages_are_written_by_whom_sphinx_is_told_to_ask(built):
    with holds(of_sphinx.write_pages):
        assert built.written == ["two", "text", "index"] and (built.turned / "html" / "two.html").is_file()


def test_nodes_are_found_in_a_loop_as_docutils_finds_them(monkeypatch):
    def tree() -> nodes.section:
        inner = nodes.paragraph("", "a", nodes.strong("", "b", nodes.emphasis("", "c")), nodes.Text("d"))
        return nodes.section("", nodes.title("", "T"), inner, nodes.paragraph("", "", nodes.strong("", "e")))

    def chosen(node) -> bool:
        return isinstance(node, nodes.strong | nodes.Text)

    def asked() -> list[list[str]]:
        each = [tree().findall(condition) for condition in (chosen, nodes.strong, None)]
        each += [tree()[1][1].findall(chosen, ascend=True), tree().findall(chosen, include_self=False)]
        found = [[str(node) for node in one] for one in each]
        for node in (changing := tree()).findall(chosen):  # as those do who replace what they find
            if isinstance(node, nodes.strong):
                node.replace_self(nodes.literal("", node.astext()))
        return [*found, [str(changing)]]

    with holds(of_sphinx.find_nodes_in_a_loop):
        monkeypatch.setattr(nodes.Node, "findall", before := nodes.Node.findall)
        expected = asked()
        of_sphinx.find_nodes_in_a_loop()
        assert nodes.Node.findall is not before and asked() == expected


def test_our_layout_replaces_the_theme_s_style_block_as_it_is():
    (block,) = re.findall(r"{%- block css %}(.*?){%- endblock css %}", theme_file("layout.html"), re.DOTALL)
    now = project.library_version("pydata-sphinx-theme")
    assert project.digest(block.encode()) == "2549143ec450abf8f7667841", (
        f"pydata-sphinx-theme {now} has another block `css` in layout.html than 0.16.1: take over what is new"
    )
    ours = (Path(brief.__file__).parent / "ext" / "html" / "theme" / "layout.html").read_text("utf-8")
    assert "{{ _webpack.head_pre_assets() }}" in ours and "{{- css() }}" in ours


def test_a_cache_is_asked_for_the_themes_templates(built):
    class Asked(jinja2.BytecodeCache):
        def load_bytecode(self, bucket):
            raise InterruptedError(bucket.key)

    with holds(of_sphinx.keep_compiled), pytest.raises(InterruptedError):
        of_sphinx.keep_compiled(built.app, Asked())
        try:
            built.app.builder.templates.environment.get_template("opensearch.xml")
        finally:
            built.app.builder.templates.environment.bytecode_cache = None


def test_the_templates_of_the_theme_are_loaded_ahead(built):
    with holds(of_sphinx.load_templates):
        of_sphinx.load_templates(built.app)
        loaded = [name for _loader, name in map(tuple, built.app.builder.templates.environment.cache)]
        assert {"layout.html", "page.html", "sections/header.html"} <= {*loaded}


def test_sphinx_makes_no_search_when_told(built):
    with holds(of_sphinx.without_search):
        of_sphinx.without_search(built.app)
        built.app.builder.prepare_writing(set())
        assert built.app.builder.indexer is None
        built.app.builder.handle_finish()


def test_the_parts_of_the_contents_have_their_pages(built):
    with holds(of_sphinx.parts_of_contents):
        assert of_sphinx.parts_of_contents(built.app) == [("The rest", ["two", "text"])]


class Thing:
    """Something that a weak reference can outlive."""


def test_no_list_of_all_objects_is_made_while_kernels_start(monkeypatch):
    """Python ends what fills a tuple when such a list has it, and a dead weak reference ends what reads the list."""
    from sphinx.environment.collectors.toctree import TocTreeCollector
    from sphinx_external_toc import collectors

    gone, thing = [], Thing()
    app = SimpleNamespace(disconnect=gone.append, events=SimpleNamespace(listeners={}))
    dead = weakref.proxy(thing)
    del thing
    with holds(of_sphinx.find_collectors_by_listener):
        spec = importlib.util.spec_from_file_location("as_installed", collectors.__file__)
        spec.loader.exec_module(as_installed := importlib.util.module_from_spec(spec))
        with pytest.raises(ReferenceError):  # when this fails the fault may be mended: see whether the function can go
            as_installed.disable_builtin_toctree_collector(app)
        monkeypatch.setattr(collectors, "gc", None)
        of_sphinx.find_collectors_by_listener()
        collector = TocTreeCollector()
        collector.listener_ids = {"doctree-read": 7}
        app.events.listeners["doctree-read"] = [EventListener(7, collector.process_doc, 500)]
        collectors.disable_builtin_toctree_collector(app)
    assert gone[-1] == 7 and type(dead) in weakref.ProxyTypes


def test_a_page_is_read_as_a_notebook_with_the_lines_of_its_cells(built):
    with holds(of_notebooks.read_notebook):
        read = of_notebooks.read_notebook(built.app.env, "text")
        code = [cell for cell in read.cells if cell.cell_type == "code"]
        assert [cell.source for cell in code] == ["1 + 1"]
    with holds(of_notebooks.fence_line):
        assert TEXT.splitlines()[of_notebooks.fence_line(read, code[0])] == "1 + 1"


def test_the_cached_runs_lie_where_myst_nb_says_later(built):
    settings = of_notebooks.execution_settings(built.app.env)
    with holds(of_notebooks.execution_settings):
        assert (settings.execution_mode, settings.execution_timeout) == ("off", 30)
    with holds(of_notebooks.cache_folder):
        assert built.cache == built.turned.parent / "out" / ".jupyter_cache"
        assert Path(settings.execution_cache_path) == built.turned / ".jupyter_cache"


def test_a_render_plugin_reaches_the_page(built):
    with holds(of_notebooks.page_renderer):
        assert built.docname == "two"


def test_cells_and_their_parts_are_told_apart(built):
    with holds(of_notebooks.is_part_of_cell):
        nodes = list(built.app.env.get_doctree("two").findall())
        for part in (of_notebooks.CELL, of_notebooks.INPUT, of_notebooks.OUTPUT):
            assert sum(of_notebooks.is_part_of_cell(node, part) for node in nodes) == 1, part


def test_the_style_of_cells_can_come_before_the_end(built, tmp_path):
    with holds(of_notebooks.add_cell_styles):
        (tmp_path / "_static").mkdir()
        app = SimpleNamespace(builder=SimpleNamespace(format="html", outdir=str(tmp_path)))
        of_notebooks.add_cell_styles(app)
        (sheet,) = (tmp_path / "_static").iterdir()
        assert sheet.name.startswith(of_notebooks.STYLE_SHEET) and sheet.suffix == ".css"


def test_a_kernels_process_group_is_known():
    with holds(of_notebooks.process_group):
        assert "pgid" in vars(LocalProvisioner)
        assert of_notebooks.process_group(SimpleNamespace(provisioner=SimpleNamespace(pgid=7))) == 7
        assert of_notebooks.process_group(KernelManager(kernel_name="python3")) is None


def test_a_client_that_is_there_is_not_made_anew():
    async def taken():
        client = SimpleNamespace(stop_channels=lambda: None)
        manager = SimpleNamespace(has_kernel=True)
        runner = of_notebooks.client_of_running(nbformat.v4.new_notebook(), manager, client)
        async with runner.async_setup_kernel(cleanup_kc=False):
            return runner.kc is client

    with holds(of_notebooks.client_of_running):
        assert in_own_loop(taken())


def test_jupyter_books_command_can_be_called(capsys):
    with holds(of_notebooks.jupyter_book):
        assert of_notebooks.jupyter_book(["--help"]) == 0 and "build" in capsys.readouterr().out


def test_the_citation_domain_says_who_cites_what(built):
    env = built.app.env
    with holds(of_bibliographies.entries):
        assert of_bibliographies.entries(env)["key"].fields["title"] == "Of bread"
        of_bibliographies.entries(env)["key"] = of_bibliographies.entries(env)["key"]
    with holds(of_bibliographies.cited_on):
        assert (of_bibliographies.cited_on(env, "index"), of_bibliographies.cited_on(env, "two")) == ({"key"}, set())
    with holds(of_bibliographies.bibliography_pages):
        assert of_bibliographies.bibliography_pages(env) == {"index"}
    with holds(of_bibliographies.citation_ids):
        assert f'id="{of_bibliographies.citation_ids(env)["key"]}"' in built.page


def test_plugins_of_bibliographies_are_asked_for_by_that_name(built):
    with holds(of_bibliographies.remember_plugins):
        assert built.plugins.hits and built.plugins.misses


def test_an_address_is_written_as_it_is():
    with holds(of_bibliographies.AddressWriter):
        data = BibliographyData({"key": Entry("misc", [("title", "A_b"), ("url", "https://a/#b_c")])})
        assert 'url = "https://a/#b_c"' in of_bibliographies.AddressWriter(encoding="utf-8").to_string(data)
        assert 'title = "A\\_b"' in of_bibliographies.AddressWriter(encoding="utf-8").to_string(data)
        assert "https://a/#b_c" not in Writer(encoding="utf-8").to_string(data), "pybtex writes addresses as they are"


def test_what_stands_in_for_authors_is_written_once():
    item = {"id": "key", "type": "report", "title": "Of bread", "issued": {"date-parts": [[2026]]}}
    with holds(of_citeproc.write_substitutes_once):
        assert csl.cited(item, "Chicago") == "Of Bread. 2026."
    with holds(of_citeproc.forget_written):
        assert csl.cited(item | {"title": "Of rye"}, "Chicago") == "Of Rye. 2026."
    with holds(of_citeproc.know_styles_by_heart):
        root = csl._sheet("Chicago").xml.getroot()
        assert csl._written(item, "Chicago") == csl._written(item, "Chicago")  # not from the store
        assert root.get_macro("label-edition").get("name") == "label-edition"
        assert CitationStylesElement.get_macro.cache_info().hits and Text.calls_variable.cache_info().hits


def test_the_themes_sheet_has_its_icon_font_where_it_was():
    sheet = theme_file("static/styles/pydata-sphinx-theme.css")
    with holds(of_theme.without_icon_font):
        less = of_theme.without_icon_font(sheet)
        assert re.search("@font-face[^}]*fontawesome", sheet) and not re.search("@font-face[^}]*fontawesome", less)
        assert "fa-magnifying-glass:before" in sheet and "fa-magnifying-glass:before" not in less
        assert ".bd-article" in less


def test_the_header_has_a_menu_of_downloads(built):
    with holds(of_theme.download_menu):
        labels = [button.get("label") for button in built.menu["buttons"]]
        assert "download-source-button" in labels, labels
        assert of_theme.NOTEBOOK_BUTTON == "download-notebook-button"


def test_each_use_says_what_why_and_where_it_was_seen_and_is_held_to_it():
    tested = {call.args[0].attr for call in _calls(ast.parse(Path(__file__).read_text("utf-8")), "holds")}
    for use in USES:
        assert SEEN.search(re.sub(r"\s+", " ", use.__doc__ or "")), f"{where(use)}: does not say where it was seen"
        assert use.__name__ in tested, f"{where(use)}: nothing here holds it"


def test_a_line_of_a_pdf_holds_the_words_that_fit():
    text = "Did research shrink? Public counts of AI papers have their peaks in different years, so "
    with holds(of_weasyprint.mend_lines):
        of_weasyprint.mend_lines()
        made = pdf._rendered(f"<p>{text}<em>Figure</em> sets them side by side.</p>", "print.css").write_pdf()
        lines = PdfDocument(made)[0].get_textpage().get_text_range().split("\r\n")
        assert lines[0].startswith("Did research shrink?") and len(lines) == 3


def test_what_no_longer_holds_is_said_in_words(monkeypatch):
    monkeypatch.setitem(globals(), "theme_file", lambda _name: "")
    with pytest.raises(pytest.fail.Exception) as failed:
        test_the_themes_sheet_has_its_icon_font_where_it_was()
    assert "pydata-sphinx-theme" in str(failed.value) and "compat.of_theme.without_icon_font" in str(failed.value)
    assert "no longer has what" in str(failed.value) and "was seen in 0.16.1" in str(failed.value)


def _calls(tree: ast.AST, name: str) -> list[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == name]


# Private by their names only: Python documents both. What `tracking` does to os.environ is Python's, and tested there.
_DOCUMENTED = {"os._exit", "sys._getframe", "os.environ.__class__"}


def private_uses(text: str) -> list[str]:
    """What a module uses of others' private names, or puts in the place of what is theirs: "12: app._warncount"."""
    tree, found = ast.parse(text), []
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    foreign = set()
    for node in imports:
        home = getattr(node, "module", None) or ""
        for alias in node.names:
            parts = f"{home}.{alias.name}".split(".") if home else alias.name.split(".")
            if parts[0] != "brief" and parts != ["__future__", "annotations"]:
                foreign.add((alias.asname or alias.name).partition(".")[0])
                if any(part.startswith("_") and not part.startswith("__") for part in parts):
                    found.append(f"{node.lineno}: {'.'.join(parts)}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own:
                found.append(f"{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.Assign):
            for target in node.targets:
                root = target
                while isinstance(root, ast.Attribute):
                    root = root.value
                theirs = isinstance(root, ast.Name) and root.id in foreign
                if isinstance(target, ast.Attribute) and (theirs or isinstance(node.value, ast.Lambda)):
                    found.append(f"{node.lineno}: {ast.unparse(target)}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("getattr", "setattr"):
            name = node.args[1]
            if isinstance(name, ast.Constant) and re.match("_(?!_)", str(name.value)):
                found.append(f"{node.lineno}: {ast.unparse(node)}")
    return [use for use in found if use.partition(": ")[2] not in _DOCUMENTED]


def private_uses_below(package: Path) -> list[str]:
    """Those of all modules but `compat`'s, each with its file."""
    files = (path for path in sorted(package.rglob("*.py")) if path.parent != package / "ext" / "compat")
    return [f"{path.relative_to(package)}:{use}" for path in files for use in private_uses(path.read_text("utf-8"))]


def test_nothing_else_touches_what_is_private_to_others():
    assert private_uses_below(ROOT / "brief") == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("app._warncount", "app._warncount"),
        ("from pybtex._internal import thing", "pybtex._internal.thing"),
        ("from sphinx.util import _pathlib", "sphinx.util._pathlib"),
        ("import pybtex.plugin\npybtex.plugin.find_plugin = print", "pybtex.plugin.find_plugin"),
        ("from sphinx_external_toc import collectors\ncollectors.gc = None", "collectors.gc"),
        ("templates.render = lambda template, context: ''", "templates.render"),
        ("getattr(app, '_warncount')", "getattr(app, '_warncount')"),
    ],
)
def test_a_private_name_elsewhere_is_found(tmp_path, line, named):
    shutil.copytree(ROOT / "brief" / "ext" / "html", tmp_path / "ext" / "html")
    file = tmp_path / "ext" / "html" / "code_folds.py"
    above = len(file.read_text("utf-8").splitlines())
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")
    (use,) = private_uses_below(tmp_path)
    assert re.fullmatch(rf"ext/html/code_folds\.py:{above + line.count(chr(10)) + 1}: {re.escape(named)}", use), use


def test_no_class_elsewhere_overrides_what_is_private_to_its_base():
    """A method of ours with the private name of a foreign base's takes its place, meant or not."""
    found = []
    for module in pkgutil.walk_packages(brief.__path__, "brief."):
        if module.name.startswith("brief.ext.compat.") or module.name.endswith("__main__"):
            continue
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            written = [
                own for own, value in vars(kind).items() if own[0] == "_" != own[-1] and inspect.isroutine(value)
            ]
            if kind.__module__ == module.name:
                bases = [base for base in kind.__mro__[1:] if base.__module__.partition(".")[0] != "brief"]
                found += [f"{module.name}.{name}.{own}" for own in written for base in bases if own in vars(base)]
    assert found == []
