"""What GitHub asks of somebody who found an error is what an editor needs, in the book's own words."""

import yaml

from brief import project as package_of
from tests.book.editor.test_workflows import validate
from tests.conftest import ROOT

FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"


def fields(name):
    form = yaml.safe_load((FORMS / name).read_text("utf-8"))
    return {field["id"]: field for field in form["body"]}


def test_the_forms_are_valid():
    validate("vendor.github-issue-forms", FORMS / "correct-a-number.yml", FORMS / "add-a-source.yml")
    validate("vendor.github-issue-config", FORMS / "config.yml")


def test_a_correction_needs_number_value_unit_period_and_source():
    asked = fields("correct-a-number.yml")
    needed = {id for id, field in asked.items() if field.get("validations", {}).get("required")}
    assert needed == {"number", "value", "unit", "period", "source"}


def test_the_way_to_a_numbers_address_is_the_books(built):
    number = fields("correct-a-number.yml")["number"]["attributes"]
    page, _hash, row = number["placeholder"].partition("#")
    assert page.endswith("/reference/evidence.html") and f'id="{row}"' in built.page("reference/evidence")
    script = (ROOT / "brief" / "static" / "brief.js").read_text("utf-8")
    assert '"In the evidence ledger"' in script and '"In the evidence ledger"' in number["description"]


def test_a_sources_standing_is_asked_in_the_tables_words():
    schema = package_of.resource(ROOT, "shared/sources")["schema"]
    (standing,) = [field for field in schema["fields"] if field["name"] == "standing"]
    options = [option.split(" (")[0] for option in fields("add-a-source.yml")["standing"]["attributes"]["options"]]
    assert sorted(options) == sorted([*standing["constraints"]["enum"], "I do not know"])
