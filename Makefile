# Two commands do everything: `make book` and `make test`. Bare `make` lists the rest.
# The first that runs and is new enough: a name on the path may be a shim for nothing.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
SINCE ?= HEAD
SITE ?= site
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Images for containers often forbid it, and then each process compiles all that it imports: twice the time of a build.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help book draft pdf slides epub edition publish-dry-run serve links test test-fast audit bench check changes refresh lint map requirements clean

##@ Help

help: ## List these targets
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  %-14s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Made anew when requirements.lock or pyproject.toml changed; only what differs is installed, and only files whose hashes
# stand in requirements.lock: uv itself, by pip; what it then installs; what builds a package that has no wheel.
$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "The book needs Python 3.11 or newer: make PYTHON=/path/to/python3.12 book"; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) (a few minutes the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/^[^ ]/ { /^uv==/p; /^ /p }' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	@$(BIN)/uv pip install --python $(BIN)/python --require-hashes --build-constraints requirements.lock -r requirements.lock
	@$(BIN)/uv pip install --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

##@ To read the book

book: $(STAMP) ## Build the book to _build/html
	@$(BIN)/python -m brief build

pdf: $(STAMP) ## Typeset the book, each chapter, one page and a deck of slides to _build/pdf
	@$(BIN)/python -m brief pdf

slides: $(STAMP) ## Draw each figure as a slide, and all as a deck, to _build/slides
	@$(BIN)/python -m brief slides

epub: $(STAMP) ## Pack the book for e-readers to _build/epub
	@$(BIN)/python -m brief epub

##@ To edit it

check: $(STAMP) ## Validate the tables, their schemas and their sources
	@$(BIN)/python -m brief check

serve: $(STAMP) ## Build, serve on localhost:8000 and rebuild when a file changes
	@$(BIN)/python -m brief serve

draft: $(STAMP) ## Build even when a finding no longer holds, and mark it on the page
	@$(BIN)/python -m brief build --draft

changes: $(STAMP) ## Say what changed since a git revision: make changes SINCE=HEAD~1
	@$(BIN)/python -m brief changes "$(SINCE)"

refresh: $(STAMP) ## Take a publisher's file into its tables: make refresh FROM=~/Downloads/x.csv [WRITE=1 FACTS=1 RELEASED=2026-07-19]
	@$(BIN)/python -m brief refresh $(if $(FROM),"$(FROM)") $(if $(WRITE),--write) $(if $(FACTS),--facts) \
		$(if $(RELEASED),--released "$(RELEASED)") $(if $(READ_FROM),--read-from "$(READ_FROM)")

links: $(STAMP) ## Ask each source's address whether it is still there; offer archived copies of what is gone
	@$(BIN)/python -m brief links

##@ To publish it

edition: $(STAMP) ## Freeze an edition in SITE: make edition VERSION=2026.11 SITE=site
	@$(BIN)/python -m brief edition $(if $(VERSION),"$(VERSION)") --site "$(SITE)"

publish-dry-run: $(STAMP) ## Run publish.yml's own steps here, on the last commit; what would be pushed is left in _build/dry-run
	@$(BIN)/python .ci/publish_dry_run.py

##@ To work on its code

test: $(STAMP) ## Run every test
	@$(BIN)/python -m pytest

test-fast: $(STAMP) ## Check style, spelling, imports and types, run the tests that take no rebuilds, processes or browser
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -m "not slow" tests/units tests/engine

lint: $(STAMP) ## Check style, spelling, which module imports which, and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/python -m brief.cellstyle && $(BIN)/codespell && $(BIN)/lint-imports --no-cache && $(BIN)/mypy

map: $(STAMP) ## Write brief/README.md, the code file by file, and the table of events in ARCHITECTURE.md
	@$(BIN)/python -m brief.codemap

audit: $(STAMP) ## Corrupt copies of the site and its code; say which tests notice (half an hour)
	@$(BIN)/python -m tests.audit

bench: $(STAMP) ## Measure rebuilds against stock Jupyter Book (half an hour)
	@$(BIN)/python -m bench

# requirements.lock, with hashes, is what make and CI install. requirements.txt has the same pins for plain pip, which
# takes no hashes beside the editable install of brief itself.
requirements: $(STAMP) ## Pin every dependency anew, for all supported Pythons
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra test --upgrade --generate-hashes \
		--custom-compile-command "make requirements" pyproject.toml -o requirements.lock
	@{ echo "-e ."; sed -E '/^    --hash=/d; s/ \\$$//' requirements.lock; } > requirements.txt

clean: ## Remove everything that was built
	@rm -rf _build
