# Everything a newcomer needs is `make site` and `make test`. `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= build
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help site test check bench bench-peers format lint types contracts messages manual snapshots browser clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: $(VENV)/installed  ## build the sample column content/ into build/ and say where to open it
	@$(BIN)/gkssg build --out $(OUT)

test: $(VENV)/developed browser  ## run all tests, those in a real browser too
	@$(BIN)/pytest -n $(JOBS)

check: $(VENV)/developed browser  ## all that CI runs: format, lint, types, import contracts, catalogue, manual, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/messages.py --check
	@$(BIN)/python scripts/manual.py --check
	@$(BIN)/gkssg check
	@$(BIN)/pytest -n $(JOBS)

bench: $(VENV)/developed  ## run the benchmarks
	@$(BIN)/python benchmarks/build.py
	@$(BIN)/python benchmarks/markup.py
	@$(BIN)/python benchmarks/stages.py

bench-peers: $(VENV)/developed  ## compare with Hugo, Pelican, Zensical and Pagefind on N documents (1,000 unless N= says more)
	@$(BIN)/python benchmarks/peers.py $(N)

format: $(VENV)/developed  ## format the sources and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(VENV)/developed  ## look for faults in the sources
	@$(BIN)/ruff check .

types: $(VENV)/developed  ## check the types
	@$(BIN)/mypy

contracts: $(VENV)/developed  ## check that imports point down and nothing passes the gate
	@$(BIN)/lint-imports

messages: $(VENV)/developed  ## bring the Chinese catalogue up to date and name what is untranslated
	@$(BIN)/python scripts/messages.py

manual: $(VENV)/developed  ## write the generated pages of docs/manual/
	@$(BIN)/python scripts/manual.py

snapshots: $(VENV)/developed browser  ## take the golden pictures of the main pages anew; look at them before they are kept
	@rm -f tests/golden/*.webp
	@$(BIN)/pytest -q --snapshots tests/test_golden.py
	@echo "Look at tests/golden/: what is kept there is what the pages must look like"

browser:  ## find a Chromium and a Java for the tests, or install Debian's where that is allowed
	@sh scripts/browser.sh

clean:  ## remove what was built and installed here
	rm -rf $(VENV) build dist

# Both are stamps: the environment is made anew when what it is made of changes.
$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "gkssg needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/developed: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
