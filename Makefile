# Needs make, Python 3.11 or 3.12 and pip. tools/uv finds uv and Python, and fetches uv when it is missing.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve train test check lint format bench widget screenshots test-packages development
export RASA_TELEMETRY_ENABLED := false

UV := tools/uv
BIN := .venv/bin
# Touched after each synchronisation, so that nothing is fetched again until the lock changes.
SYNCED := .venv/.synced
# What the tests need from Debian: PostgreSQL's own programs, to run a real server of it, a real browser, and npm with
# Node, unless they are there from elsewhere.
TEST_PACKAGES = postgresql chromium $(shell command -v npm >/dev/null || echo nodejs npm)
# Microsoft's own client, which talks to the Teams channel in the tests.
PLAYGROUND := tests/browser/playground

define LINT
$(BIN)/ruff format --check .
$(BIN)/ruff check .
$(BIN)/mypy
$(BIN)/lint-imports
endef

help: ## List these commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(SYNCED) ## Start the assistant on http://127.0.0.1:8000, preparing whatever is missing first.
	@$(BIN)/assistant serve

train: $(SYNCED) ## Train a model from data/ and the database into models/.
	@$(BIN)/assistant train

test: test-packages $(PLAYGROUND)/node_modules ## Run everything: lint, types, import rules and the whole test suite.
	$(UV) sync --frozen
	@touch $(SYNCED)
	$(LINT)
	$(BIN)/pytest

check: development ## Run the quick part of the tests, in less than a minute.
	$(LINT)
	$(BIN)/pytest --quiet tests/unit

lint: development ## Check format, lint, types and import rules.
	$(LINT)

format: development ## Rewrite the code in the house format.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

widget: development ## Build the widget again from assistant/web/widget (needs Node).
	$(BIN)/python -m tools.build_widget

screenshots: test-packages development ## Take the pictures of docs/images again.
	$(BIN)/python -m tools.take_screenshots

bench: ## Run the benchmarks and write benchmarks/RESULTS.md.
	$(UV) run --frozen python -m benchmarks

# Inexact, because an environment that is shared with the tests keeps their tools.
$(SYNCED): uv.lock pyproject.toml
	$(UV) sync --frozen --inexact --no-default-groups
	@touch $@

# TensorFlow is left to `make test` and `make bench`: nothing in the quick commands needs half a gigabyte of it.
development:
	@$(UV) sync --quiet --frozen --inexact --no-group stock
	@touch $(SYNCED)

test-packages:
	@if { command -v pg_ctl || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 && \
		command -v chromium >/dev/null && command -v npm >/dev/null; then \
		exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(TEST_PACKAGES); \
	else \
		echo "The tests need PostgreSQL's server programs, Chromium and npm. Run: sudo apt-get install $(TEST_PACKAGES)" >&2; \
		exit 1; \
	fi

# It has no scripts to run, and asks for Node 18 or later.
$(PLAYGROUND)/node_modules: $(PLAYGROUND)/package-lock.json
	npm ci --prefix $(PLAYGROUND) --ignore-scripts --engine-strict --no-audit --no-fund
	@touch $@
