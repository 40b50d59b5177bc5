# Governing in Public: `make` builds the book, `make help` lists what else there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PYTHONPATH := $(CURDIR)
.DEFAULT_GOAL := all
.PHONY: all html pdf live why data post labs lint test bench linkcheck lighthouse clean serve lab help

all: $(VENV)/book ## Build the web site and the PDF
	@$(BIN)/python tools/system.py apt.txt
	@$(BIN)/python tools/build.py

html: $(VENV)/book ## Build the web site only
	@$(BIN)/python tools/build.py html

pdf: $(VENV)/book ## Build the PDF only
	@$(BIN)/python tools/system.py apt.txt
	@$(BIN)/python tools/build.py pdf

live: $(VENV)/book ## Build the site and show it anew after every change
	@$(BIN)/sphinx-autobuild --port $(PORT) --ignore '_build/*' --ignore '.venv/*' --re-ignore '/__pycache__/' -d _build/work/en/doctrees . _build/work/en/html

why: $(VENV)/book ## Say why a page runs again (PAGE=chapters/adoption.md)
	@$(BIN)/python tools/why.py $(PAGE)

data: $(VENV)/book ## Rebuild the tables from the upstream files
	@$(BIN)/python -m pipeline

post: $(VENV)/book ## Begin a post of the blog (TITLE="...")
	@$(BIN)/python tools/post.py "$(TITLE)"

labs: $(VENV)/test ## Write the notebooks anew from the labs' sources and the built chapters
	@$(BIN)/python tools/notebooks.py

lint: $(VENV)/test ## Check style, types and spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict govsocial pipeline bookext tools
	@$(BIN)/codespell

test: $(VENV)/test ## Build the book, then run every test
	@$(BIN)/python tools/system.py apt.txt apt-test.txt
	@$(BIN)/python tools/build.py
	@$(BIN)/python -m pytest tests --ignore tests/notebooks
	@$(BIN)/python -m pytest -n 2 tests/notebooks
	@$(BIN)/python -m pytest -n 2 --nbmake notebooks/solutions

bench: $(VENV)/test ## Time the book's build against plain Sphinx and Jupyter Book (a quarter of an hour)
	@$(BIN)/python -m benchmarks.peers

linkcheck: $(VENV)/book ## Ask every address that the book links to (needs a network)
	@$(BIN)/python -m sphinx -q -b linkcheck -d _build/work/en/doctrees . _build/linkcheck

lighthouse: $(VENV)/book ## Let Lighthouse look at the built site (PAGES="index.html ...")
	@$(BIN)/python -m benchmarks.lighthouse $(PAGES)

clean: ## Delete what was built, the cache of results included
	rm -rf _build

serve: ## Show the built site at http://localhost:8000 (PORT=...)
	@$(PYTHON) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

lab: $(VENV)/book ## Open the labs in Jupyter
	@$(BIN)/jupyter lab notebooks

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The environments are made anew when a requirement changes.
$(VENV)/book: requirements.txt
	@$(PYTHON) tools/environment.py $(VENV) requirements.txt
	@touch $@

$(VENV)/test: requirements-test.txt
	@$(PYTHON) tools/environment.py $(VENV) requirements-test.txt
	@touch $@ $(VENV)/book
