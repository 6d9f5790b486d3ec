"""The house's own HTML and text templates, in templates/."""

import json
import re
from collections.abc import Callable

from jinja2 import BytecodeCache, Environment, PackageLoader
from jinja2.bccache import Bucket, bc_magic

from brief import store


class Compiled(BytecodeCache):
    """Templates as compiled by an earlier build: a third of what a small rebuild's pages take."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := store.found("template", *self._parts(bucket)):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        store.keep("template", bucket.bytecode_to_string(), *self._parts(bucket))

    @staticmethod
    def _parts(bucket: Bucket) -> list[bytes]:
        """What the code follows from: the template, the compiler (its magic number) and the environment's options."""
        options = bucket.environment
        says = (type(options).__name__, options.autoescape, options.trim_blocks, options.lstrip_blocks)
        return [bc_magic, repr((bucket.key, bucket.checksum, says, sorted(options.extensions))).encode()]


def renderer(package: str) -> Callable[..., str]:
    """A function of a template's name and its context, for the templates of a package; what is put in is escaped."""
    templates = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(),
    )

    def render(template: str, /, **context) -> str:
        return templates.get_template(template).render(**context)

    return render


def css_string(text: str) -> str:
    """`text` as a string of a style sheet that stands in HTML, where an entity would be read as it is."""
    return '"' + re.sub(r'[\\"<>&\n]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


def json_in_script(document: object) -> str:
    """A document as a script element of a page holds it: nothing in it ends that element."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


render = renderer("brief.ext")
