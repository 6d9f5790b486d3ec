"""What runs in a build, and when, is what the tables of `brief.ext` say: nothing else connects to Sphinx."""

import inspect
import itertools
import re
import sys
import types

import yaml

from brief import ext


def test_the_table_of_events_is_what_is_connected(minimal):
    """A last extension of the book sees who listens, of this package, in the order in which Sphinx calls them."""
    heard, transforms = {}, []

    def look(app):
        for event, listeners in app.events.listeners.items():
            ours = [entry for entry in listeners if entry.handler.__module__.startswith("brief.")]
            for entry in sorted(ours, key=lambda entry: entry.priority):
                module = entry.handler.__module__.removeprefix("brief.ext").removeprefix(".")
                name = f"{module}:{entry.handler.__name__}" if module else entry.handler.__name__
                heard.setdefault(event, []).append((entry.priority, name))
        for transform in app.registry.get_post_transforms():
            if transform.__module__.startswith("brief."):
                name = f"{transform.__module__.removeprefix('brief.ext.')}:{transform.__name__}"
                transforms.append((transform.default_priority, name))

    spy = types.ModuleType("bread_spy")
    spy.setup = lambda app: app.connect("config-inited", lambda app, _config: look(app), priority=1) and None
    sys.modules["bread_spy"] = spy
    try:
        config = yaml.safe_load((minimal.root / "_config.yml").read_text("utf-8"))
        config["sphinx"]["extra_extensions"].append("bread_spy")
        minimal.write("_config.yml", yaml.safe_dump(config))
        status, said = minimal.quick()
    finally:
        del sys.modules["bread_spy"]
    assert status == 0, said
    expected = {}
    for event, priority, name, _why in ext.EVENTS:
        expected.setdefault(event, []).append((priority, name))
    assert heard == {event: sorted(entries, key=lambda entry: entry[0]) for event, entries in expected.items()}
    assert sorted(transforms) == sorted((priority, name) for priority, name, _why in ext.TRANSFORMS)


def test_every_entry_says_why_and_names_what_is_there():
    for *_, name, why in (*ext.EVENTS, *ext.TRANSFORMS):
        assert callable(ext.named(name)) and len(why) > 15, name
    events = [event for event, *_ in ext.EVENTS]
    assert [event for event, _ in itertools.groupby(events)] == list(dict.fromkeys(events)), "an event stands twice"
    for (event, priority, *_), (following, later, *_) in itertools.pairwise(ext.EVENTS):
        assert event != following or priority <= later, f"{event}: {later} stands after {priority}"


def test_each_output_takes_the_build_and_gives_files():
    for _folder, name, _waits_for in ext.OUTPUTS:
        made = inspect.signature(ext.named(name))
        assert len(made.parameters) == 1 and made.return_annotation == dict[str, bytes], name


def test_no_module_connects_by_itself():
    home = ext.Path(ext.__file__).parent
    found = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*.py")
        if re.search(r"\.(connect|add_post_transform)\(", path.read_text("utf-8"))
    }
    assert found == {"__init__.py"}
