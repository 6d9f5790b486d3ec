"""The Sphinx extension: what a build does, and in what order. It never imports `kernel`.

A build checks its inputs, drops cached runs whose inputs changed, reads the pages and collects what the kernels
recorded, checks that once, resolves it into the pages, writes them and what lies beside them, and replaces the last
good site. `EVENTS`, `TRANSFORMS` and `OUTPUTS` are that order: nothing else connects to Sphinx. What runs is named
"module:function", below this package.
"""

import os
from collections.abc import Callable, Container
from importlib import import_module
from pathlib import Path

from brief import project, settings

# (event, priority, what runs, why there). Within an event the lower number runs first, then the order of this table.
EVENTS = (
    ("config-inited", 100, "citations.metadata:configure", "title, author and address, before others read them"),
    ("config-inited", 500, "citations.bibtex_cache:name_ids", "before pages are read"),
    ("config-inited", 500, "html.assets:choose_theme", "before Sphinx makes its builder, which loads the theme"),
    ("config-inited", 500, "execution.execute:prepare", "kernels start while the rest of Sphinx loads"),
    ("builder-inited", 5, "incremental.leftovers:refuse_other_builders", "before anything is made for another builder"),
    ("builder-inited", 7, "html.assets:keep_templates", "before a template is compiled"),
    ("builder-inited", 10, "incremental.standby:wait", "a process kept ready by `make serve` waits here for an edit"),
    ("builder-inited", 100, "checks.build:validate", "bad input stops the build before anything runs"),
    ("builder-inited", 150, "execution.execute:begin_waited", "known runs start as soon as the tables are valid"),
    ("builder-inited", 500, "html.search_passages:own_search", "before Sphinx makes its own index"),
    ("builder-inited", 500, "html.assets:add_static", "style and scripts of this package, before the book's own"),
    ("builder-inited", 500, "html.assets:write_colors", "a style sheet, for `drop_stale` to keep"),
    ("builder-inited", 500, "html.assets:write_letters", "a script, for `drop_stale` to keep"),
    ("builder-inited", 600, "citations.bibtex_cache:normalise", "after sphinxcontrib-bibtex has read the bibliography"),
    ("builder-inited", 900, "html.assets:drop_stale", "after all who add a sheet"),
    ("builder-inited", 950, "html.trim:wrap_templates", "around all templates, ours and the theme's"),
    ("builder-inited", 955, "html.redirects:wrap_templates", "on pages as `trim` leaves them, before ids are counted"),
    ("builder-inited", 960, "checks.unique_addresses:wrap_templates", "on pages as `trim` leaves them"),
    ("builder-inited", 970, "write_pages:share", "before any page is written"),
    ("env-get-outdated", 100, "checks.unique_addresses:check_pages", "names of pages, before any is read"),
    ("env-get-outdated", 500, "incremental.outdated:outdated", "which pages to read again, by digest"),
    ("env-before-read-docs", 100, "incremental.atomic_output:mark", "from here on a build that dies leaves a mark"),
    ("env-before-read-docs", 500, "execution.execute:start", "run what the cache lacks of the pages to be read"),
    ("source-read", 500, "incremental.outdated:announce", "say which chapter is read, and why"),
    ("source-read", 500, "checks.bare_numbers:check_cells", "alt texts as they are typed in cells"),
    ("source-read", 550, "incremental.standby:load_meanwhile", "while the page's run is waited for"),
    ("source-read", 560, "datasets.published:foresee", "while the page's run is waited for"),
    ("source-read", 600, "execution.execute:finish", "wait for the page's run, before MyST-NB looks for it"),
    ("doctree-read", 500, "facts.headings:check_headings", "headings say what they say before facts are known"),
    ("doctree-read", 500, "checks.unique_addresses:check_sections", "ids of headings as docutils gave them"),
    ("doctree-read", 500, "facts.quotes:report_unread", "before numbers are looked for"),
    ("doctree-read", 500, "facts.headings:forget_captions", "captions of tables are no headings"),
    ("doctree-read", 500, "pages.reading_line:note_inputs", "a chapter depends on checks and on when data are due"),
    ("doctree-read", 500, "pages.glossary:note_terms", "a page with terms depends on the glossary"),
    ("doctree-read", 500, "checks.bare_numbers:check_page", "while facts are not yet filled in"),
    ("env-updated", 400, "checks.build:check_register", "all pages are read, and none is chosen for writing yet"),
    ("env-updated", 600, "incremental.outdated:rewritten", "after sphinxcontrib-bibtex (500), whose labels pages show"),
    ("html-collect-pages", 500, "html.search_passages:page", "a page of no text of its own"),
    ("write-started", 500, "figures.downloads:foresee", "which images will be wanted"),
    ("write-started", 500, "figures.vega_bundle:foresee", "that the charts' script will be wanted"),
    ("write-started", 500, "html.og_image:foresee", "which pictures of shared links will be wanted"),
    ("write-started", 500, "html.assets:begin_static", "Sphinx copies static files next and removes none"),
    ("write-started", 500, "incremental.leftovers:clear", "pages of earlier builds, before new ones are written"),
    ("write-started", 900, "figures.prerender:begin", "after all who say what they want"),
    ("write-started", 950, "write_outputs:begin", "what needs no page is made while pages are written"),
    ("html-page-context", 500, "checks.unique_addresses:keep_doctree", "for who looks at the finished page"),
    (
        "html-page-context",
        500,
        "html.meta_tags:add_head",
        "tags for machines, and what the theme's templates say of the book",
    ),
    ("html-page-context", 500, "notebooks.chapter_notebooks:note", "whose notebook is to be made anew"),
    ("html-page-context", 500, "html.assets:with_filters", "pages with lists to filter ask for what that takes"),
    ("html-page-context", 790, "html.download_menu:link_papers", "under the title, before links are numbered"),
    ("html-page-context", 800, "html.on_paper:add", "on a body whose citations have their references"),
    ("html-page-context", 810, "phone_tables:stack", "on cells whose links have their numbers"),
    ("html-page-context", 900, "html.trim:drop_unused", "after all who add scripts and sheets"),
    ("html-page-context", 950, "html.download_menu:offer", "after the theme has made its buttons"),
    ("build-finished", 100, "figures.prerender:end", "before any output asks for a drawing"),
    ("build-finished", 500, "write_outputs:end", "files beside the pages: OUTPUTS"),
    ("build-finished", 500, "html.trim:tidy", "static files that no page asks for"),
    ("build-finished", 500, "execution.execute:close", "kernels that wait for nothing"),
    ("build-finished", 600, "html.style_sheet:bundle", "once all pages and scripts are there"),
    ("build-finished", 990, "citations.metadata:remind", "what the publisher has yet to set"),
    ("build-finished", 999, "incremental.atomic_output:end", "the site is whole: it takes the last one's place"),
)

# (priority, what resolves, why there), once all pages are read. MyST-NB chooses outputs at 4, Sphinx's own references
# are resolved at 10.
TRANSFORMS = (
    (4, "figures.quoted_figures:ShowQuotedFigures", "figures of other pages, before their sources are cited"),
    (5, "facts.quotes:QuoteFacts", "numbers in prose"),
    (5, "facts.judgements:ShowStanding", "findings and indicators with what the data say now"),
    (5, "figures.sketches:ShowSketches", "small charts of the summary"),
    (5, "facts.standings:ShowStandings", "the comparison of economies"),
    (5, "pages.catalogue:ShowCatalogue", "the cards of tables, with what uses each"),
    (5, "pages.ledger:ShowRegister", "the ledger, lists of figures and sources"),
    (5, "citations.directive:ShowCitation", "how to cite the page"),
    (5, "pages.changelog:ShowUpdates", "what changed from edition to edition"),
    (5, "facts.claims:ShowClaims", "the claims with their verdicts"),
    (5, "pages.table_titles:TitleTables", "what figures' tables are called"),
    (5, "pages.source_quality:ShowSourceQuality", "what the book rests on"),
    (6, "citations.standing:ShowStanding", "what each source is, after sphinxcontrib-bibtex has listed it"),
    (6, "html.code_folds:FoldCode", "after what the cells show is in place"),
    (7, "pages.source_quality:ShowUses", "who uses each source, and the form that filters them"),
    (7, "pages.reading_line:ShowReadingLine", "a line under chapters' titles, when their text is whole"),
    (15, "pages.glossary:ExplainTerms", "after Sphinx has resolved what terms lead to"),
    (15, "citations.tooltips:SayOnce", "after Sphinx has resolved citations"),
)

# (folder of the site, what gives its files by path, what that waits for): the folder holds these and no others. "" is
# the site itself; a setting's name stands for the folder that it names. What waits for nothing is made in a process of
# its own while the pages are written.
OUTPUTS = (
    ("brief_catalogue_page", "pages.table_pages:pages", ""),
    ("data", "datasets.data_package:files", ""),
    ("citations", "citations.reference_files:of_book_and_chapters", ""),
    ("", "facts.export:documents", ""),
    ("", "pages.explorer:script", ""),
    ("figures", "figures.downloads:figure_files", "drawings"),
    ("", "figures.vega_bundle:script", "drawings"),
    ("cards", "html.og_image:images", "drawings"),
    ("notebooks", "notebooks.chapter_notebooks:notebook_files", "which chapters are written"),
    ("", "html.search_passages:script", "finished pages"),
    ("", "html.redirects:pages", "finished pages, and folders that hold no others than their own"),
)

# (name, what it is): directives that take no more than their name to register. Places are filled by transforms.
DIRECTIVES = (
    ("catalogue", "pages.catalogue:CatalogueDirective"),
    ("chapter-code", "places:Place"),
    ("chapter-sources", "places:Place"),
    ("checks", "pages.verification:ChecksDirective"),
    ("chronology", "pages.chronology:ChronologyDirective"),
    ("cite-this", "places:Place"),
    ("explorer", "pages.explorer:ExplorerDirective"),
    ("fact-ledger", "places:RegisterPlace"),
    ("figure-list", "places:RegisterPlace"),
    ("finding-ledger", "places:RegisterPlace"),
    ("indicator-ledger", "places:RegisterPlace"),
    ("latest-update", "pages.changelog:UpdatesDirective"),
    ("masthead", "places:Place"),
    ("source-quality", "places:RegisterPlace"),
    ("updates", "pages.changelog:UpdatesDirective"),
)

# Modules with roles, nodes or other directives of their own, or something to do before the first event.
PARTS = (
    "checks.build",
    "citations.bibtex_cache",
    "nodes",
    "places",
    "facts.quotes",
    "facts.judgements",
    "figures.chart_directive",
    "figures.drawings",
    "figures.sketches",
    "figures.quoted_figures",
    "figures.release_age",
    "facts.standings",
    "figures.downloads",
    "html.assets",
    "citations.directive",
    "pages.explorer",
    "facts.claims",
    "incremental.atomic_output",
)


def named(name: str) -> Callable:
    """What a name in the tables stands for. Loaded when asked for: the command line wants some of it without Sphinx."""
    module, _, function = name.rpartition(":")
    return getattr(import_module(f"brief.ext.{module}") if module else import_module("brief.ext"), function)


# Folders of the package whose code no page passes through: what a kernel ran is in the key of its run, what is printed
# is made anew from the pages, pages carry the checksums of static files, and a new book is no part of this one.
_ELSEWHERE = ("kernel", "print", "static", "starter")


def code() -> list[Path]:
    """The files of this package that a page's text passes through, sorted: modules, templates, schemas, fonts."""
    home = Path(__file__).parent.parent
    found = sorted(path for path in home.rglob("*.*") if path.is_file() and "__pycache__" not in path.parts)
    return [path for path in found if path.relative_to(home).parts[0] not in _ELSEWHERE]


def connect(app, without: Container[str] = ()) -> None:
    """Connect what the tables list, but for what lies in the modules `without`, which the benchmark leaves out."""
    for part in PARTS:
        if part not in without:
            import_module(f"brief.ext.{part}").setup(app)
    for event, priority, name, _why in EVENTS:
        if name.partition(":")[0] not in without:
            app.connect(event, named(name), priority=priority)
    for directive, name in DIRECTIVES:
        app.add_directive(directive, named(name))
    for priority, name, _why in TRANSFORMS:
        transform = named(name)
        transform.default_priority = priority
        app.add_post_transform(transform)


def add_settings(app) -> None:
    """Register what a book can set in _config.yml, and whether the build is a draft, which the command line says."""
    app.add_config_value("brief_draft", bool(os.environ.get("BRIEF_DRAFT")), "html", types=bool)
    for name, setting in settings.SETTINGS.items():
        app.add_config_value(name, setting.default, setting.rebuild, types=type(setting.default))


def setup(app) -> dict:
    """Called by Sphinx."""
    add_settings(app)
    app.add_domain(import_module("brief.ext.domain").Register)
    connect(app)
    # What this code noted of a page is not what other code of ours would: read every page again after a change.
    key = project.digest(*(path.read_bytes() for path in code()))
    return {"env_version": int(key, 16), "parallel_read_safe": True, "parallel_write_safe": True}
