# Needs Python 3.11 or newer with venv, make and a network; everything else is brought into .venv.

PYTHON ?= python3
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv

# Some machines tell Python not to keep what it compiled; every process would then compile a thousand files anew, for seconds.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup up test check types bench bench-peers lock chromium clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## Install and build everything, start nothing
	@$(BIN)/python -m widget.build

up: setup ## Start Lacasa with its bundled servers; Ctrl-C stops it
	@exec $(BIN)/lacasa up

test: setup chromium check ## Run every check and every test (ARGS="-k snooze" for some)
	@echo "==> running the tests"
	@$(BIN)/python -m pytest tests --ignore tests/browser -n 3 --dist loadfile $(ARGS)
	@echo "==> running the tests in a browser"
	@$(BIN)/python -m pytest tests/browser -n 3 --dist loadfile $(ARGS)

check: setup ## Format, lint, types, import contracts, generated types, bundle budgets
	@echo "==> checking format and lint"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@echo "==> checking types"
	@$(BIN)/mypy
	@echo "==> checking import contracts"
	@$(BIN)/lint-imports
	@echo "==> checking the browser code"
	@$(BIN)/python -m widget.types --check
	@$(BIN)/python -m widget.build --check

types: setup ## Generate the TypeScript types from the server
	@$(BIN)/python -m widget.types

bench: setup ## Measure; ends with one line of JSON
	@$(BIN)/python -m tests.bench all

bench-peers: setup ## Install what the benches compare with (Node ws, socket.io, Django Channels)
	@echo "==> installing the peers of the benches"
	@$(BIN)/python -m tests.bench.peers.install

lock: $(VENV)/.uv-$(UV_VERSION) ## Pin the dependencies anew (ARGS=--upgrade for newer ones)
	@echo "==> resolving dependencies"
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --universal --generate-hashes \
		--python-version 3.11 $(ARGS) pyproject.toml --group dev -o requirements.lock

chromium: $(VENV)/.installed
	@sh tests/bring_chromium.sh $(BIN)/python

clean: ## Remove what was installed and built; keeps the data in .lacasa
	@rm -rf $(VENV) dist build widget/dist widget/node_modules *.egg-info
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Lacasa needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@echo "==> making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.uv-$(UV_VERSION): | $(BIN)/python
	@echo "==> installing uv $(UV_VERSION)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/.synced: requirements.lock $(VENV)/.uv-$(UV_VERSION)
	@echo "==> installing Python packages"
	@$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	@touch $@

# After every sync, which removes what is not in the lock.
$(VENV)/.installed: pyproject.toml $(VENV)/.synced
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@
