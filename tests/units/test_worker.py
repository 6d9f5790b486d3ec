"""The process that builds works round a fault of sphinx-external-toc (seen in 1.1.0): its search among all objects."""

import gc
import weakref
from types import SimpleNamespace

import pytest
from sphinx_external_toc import collectors

from brief.cli import worker


class Thing:
    """Something that a weak reference can outlive."""


def test_a_dead_weak_reference_does_not_end_a_build(monkeypatch):
    app, thing = SimpleNamespace(disconnect=lambda _id: None, events=SimpleNamespace(listeners={})), Thing()
    dead = weakref.proxy(thing)
    del thing
    assert any(found is dead for found in gc.get_objects() if type(found) in weakref.ProxyTypes)
    monkeypatch.setattr(collectors, "gc", gc)
    with pytest.raises(ReferenceError):  # when this fails the fault is mended: `look_at_living_objects` can go
        collectors.disable_builtin_toctree_collector(app)
    worker.look_at_living_objects()
    collectors.disable_builtin_toctree_collector(app)
