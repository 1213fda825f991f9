# The list of commands. `make demo` and `make test` need nothing but a clone and Python 3.11+ on Debian or Ubuntu.

BIN := .venv/bin
PORT ?= 8000
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
export PORT

.PHONY: demo test check bench messages clean

demo: .venv/ready  ## build the sample centre and serve it
	$(BIN)/floorwalker demo --port $(PORT)

test: .venv/ready-for-tests  ## the whole test suite, on SQLite and on PostgreSQL; types are read beside it
	scripts/system-parts chromium java gettext
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy & types=$$!; $(BIN)/python -m pytest && wait $$types
	FLOORWALKER_TEST_DATABASE=postgresql $(BIN)/python -m pytest tests/web

check: .venv/ready-for-tests  ## what a reader would otherwise have to look for
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready-for-bench  ## speed, each figure against a named peer in the same run
	$(BIN)/python -m bench

messages: .venv/ready-for-tests  ## bring new sentences into every catalogue
	scripts/system-parts gettext
	$(BIN)/python scripts/messages.py extract
	$(BIN)/python scripts/messages.py compile

clean:  ## forget the virtual environment; data stays
	rm -rf .venv

.venv/made:
	scripts/system-parts venv
	scripts/python -m venv .venv
	touch $@

.venv/ready: .venv/made pyproject.toml constraints.txt $(wildcard src/floorwalker/web/*/locale/*/LC_MESSAGES/*.po)
	$(INSTALL) --editable .
	$(BIN)/python scripts/messages.py compile
	touch $@

.venv/ready-for-tests: .venv/ready
	$(INSTALL) --editable ".[test]"
	touch $@

.venv/ready-for-bench: .venv/ready-for-tests
	$(INSTALL) --editable ".[test,bench]"
	touch $@
