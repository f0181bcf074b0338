# Every target works on a fresh machine with Python 3.11 or later and nothing else.
PYTHON ?= python3
BIN := .venv/bin
RUN := --require-hashes -r requirements/run.txt -r requirements/embedded.txt
READY := .venv/.ready
DEV := .venv/.ready-dev

.PHONY: setup demo up test check chaos bench contracts

setup: $(READY)

# What is fetched is fetched here, its sums checked: packages by their hashes, Kafka's jars by a committed list.
$(READY): requirements/run.txt requirements/embedded.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Redress needs Python 3.11 or later: make PYTHON=python3.12 setup")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m deploy.embedded.fetch
	@touch $@

$(DEV): $(READY) requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(READY)
	$(BIN)/python -m deploy.demo

up: $(READY)
	$(BIN)/redress up --sandbox --office-hours all

test: $(DEV)
	$(BIN)/python -m pytest tests/unit tests/contract tests/integration tests/e2e

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

# Writes the schemas and golden samples of new event types, the AsyncAPI and OpenAPI documents, and the pictures.
contracts: $(DEV)
	$(BIN)/python -m tests.contract.published
	$(BIN)/python -m tests.contract.openapi
	$(BIN)/python -m tests.contract.pictures

chaos: $(DEV)
	$(BIN)/python -m tests.chaos --rounds 20
	$(BIN)/python -m tests.chaos --rounds 20 --two

bench: $(DEV)
	$(BIN)/python -m tests.bench
