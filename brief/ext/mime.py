"""Take records from notebook outputs into the register. MyST-NB finds this class by its entry point."""

from docutils import nodes

from brief.ext.compat.of_notebooks import page_renderer
from brief.ext.domain import register
from brief.ext.figures import release_age
from brief.ext.figures.drawings import figure_node
from brief.records import FIGURE, MIME_TYPES


class RecordRenderer:
    """Registers each record; a figure also puts its node on the page. Alike for every builder."""

    # Above text/plain, which the bundle carries for plain notebook viewers.
    mime_priority_overrides = [("*", mime, 1) for mime in MIME_TYPES]  # noqa: RUF012

    @staticmethod
    def handle_mime(renderer, data, inline) -> list[nodes.Element] | None:
        if data.mime_type not in MIME_TYPES:
            return None
        myst = page_renderer(renderer)
        env, record = myst.sphinx_env, data.content
        if data.mime_type == FIGURE:
            record = {**record, "late": release_age.lines(env, record["tables"])}
        register(env).note_record(data.mime_type, env.docname, record, data.line or 0)
        if data.mime_type == FIGURE:
            return [figure_node(myst, record, data.line or 0)]
        # An empty target keeps this type in the bundle, so that it wins over text/plain and shows nothing.
        return [nodes.comment()]
