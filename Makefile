# Governing in Public: `make` builds the book, `make help` lists what else there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Tests that need no built book; those marked as slow are left out, too.
QUICK := tests/bookext tests/govsocial tests/pipeline tests/test_architecture.py tests/test_data.py \
	tests/test_environment.py
# The editions that are built, side by side: all, or that of `make LANGUAGE=it`. (Not from the
# environment, where LANGUAGE is the system's.)
LANGUAGE :=
LANGUAGES := $(or $(LANGUAGE),en $(notdir $(wildcard locale/*)))
EDITIONS := $(addprefix --language ,$(LANGUAGES))
export BOOK_LANG := $(or $(LANGUAGE),en)
export PYTHONPATH := $(CURDIR)
# What would have Python leave out checks and docstrings, or stop at what libraries warn of.
unexport PYTHONDEVMODE PYTHONOPTIMIZE PYTHONWARNINGS
.DEFAULT_GOAL := all
.PHONY: all html pdf epub live why translate data post chapter labs course otter instructors students dates lint lint-web check test nightly lock upgrade hooks bench mutants linkcheck lighthouse \
	clean serve lab help

all: $(VENV)/book ## Build site, PDF and EPUB, in every language (LANGUAGE=it: in one)
	@$(BIN)/python tools/build.py $(EDITIONS)

html: $(VENV)/book ## Build the web site only
	@$(BIN)/python tools/build.py html $(EDITIONS)

pdf: $(VENV)/book ## Build the PDF only
	@$(BIN)/python tools/build.py pdf $(EDITIONS)

epub: $(VENV)/book ## Build the EPUB only
	@$(BIN)/python tools/build.py epub $(EDITIONS)

live: $(VENV)/write ## Build the site and show it anew after every change
	@$(BIN)/python tools/live.py $(PORT)

why: $(VENV)/book ## Say why a page runs again (PAGE=chapters/adoption.md)
	@$(BIN)/python tools/why.py $(PAGE)

translate: $(VENV)/book ## Write the catalogues of a language anew, and say what is missing (LANGUAGE=it)
	@$(BIN)/python tools/translate.py

data: $(VENV)/write ## Rebuild the tables from the upstream files (SOURCE=name: of one)
	@$(BIN)/python -m pipeline $(SOURCE)

post: export BOOK_POST_TITLE = $(value TITLE)
post: $(VENV)/book ## Begin a post of the blog (TITLE="...")
	@$(BIN)/python tools/post.py

chapter: export BOOK_CHAPTER_NAME = $(value NAME)
chapter: $(VENV)/book ## Begin a chapter (NAME=town-answers)
	@$(BIN)/python tools/chapter.py

labs: $(VENV)/test ## Write the notebooks anew from the labs' sources and the built chapters
	@for code in $(LANGUAGES); do BOOK_LANG=$$code $(BIN)/python tools/notebooks.py || exit 1; done

course: $(VENV)/test ## Make a course of the labs for nbgrader (NAME=spring-2027)
	@$(BIN)/python tools/course.py "$(NAME)"

otter: $(VENV)/test ## Make a course of the labs for Otter-Grader (NAME=spring-2027)
	@$(BIN)/python tools/otter_course.py "$(NAME)"

instructors: $(VENV)/test ## Pack course, questions and tables for instructors, from the built site (NAME=spring-2027)
	@for code in $(LANGUAGES); do BOOK_LANG=$$code $(BIN)/python tools/instructors.py $(or $(NAME),course) || exit 1; done

students: $(VENV)/book ## Write what students may have, as a repository of its own
	@$(BIN)/python tools/students.py

dates: $(VENV)/book ## Write when each chapter was published and last changed, from the history
	@$(BIN)/python tools/dates.py

lint: $(VENV)/test ## Check style, types and spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m codespell_lib
	@$(MAKE) --silent lint-web

lint-web:
	@if [ -x $(BIN)/biome ]; then $(BIN)/biome lint --error-on-warnings; \
	else echo "note: scripts and styles were not checked: Biome's package is for Linux on x86-64"; fi

check: lint ## Lint, and run the quick tests (minutes)
	@$(BIN)/python -m pytest -q -n 2 -m "not slow" $(QUICK)

test: $(VENV)/test ## Build the book, then run every test
	@$(BIN)/python tools/system.py apt-test.txt
	@$(BIN)/python tools/build.py $(EDITIONS)
	@$(BIN)/python -m pytest -n 3 --dist loadfile tests --ignore tests/notebooks
	@$(BIN)/python -m pytest -n 3 --dist worksteal --nbmake tests/notebooks \
		$(wildcard notebooks/solutions notebooks/*/solutions)

nightly: $(VENV)/test ## Run the tests that take too long for every day
	@$(BIN)/python -m pytest -n 2 -m nightly tests

lock: $(VENV)/test ## Write the locks anew after a change of pyproject.toml
	@$(BIN)/python tools/lock.py

upgrade: $(VENV)/test ## Lock the newest versions that pyproject.toml admits (PACKAGE=sphinx: of one)
	@$(BIN)/python tools/lock.py --upgrade $(PACKAGE)

hooks: $(VENV)/test ## Check style and spelling at every commit
	@$(BIN)/python -m pre_commit install

mutants: $(VENV)/test ## Change the code in one place after another, and see whether a test notices (up to an hour)
	@$(BIN)/python -m benchmarks.mutants

bench: $(VENV)/test ## Time the book's build against plain Sphinx and Jupyter Book (a quarter of an hour)
	@$(BIN)/python -m benchmarks.peers

linkcheck: $(VENV)/book ## Ask every address that the book links to (needs a network)
	@$(BIN)/python tools/build.py linkcheck

lighthouse: $(VENV)/book ## Let Lighthouse look at the built site (PAGES="index.html ...")
	@$(BIN)/python -m benchmarks.lighthouse $(PAGES)

clean: ## Delete what was built, the cache of results included
	rm -rf _build

serve: ## Show the built site at http://localhost:8000 (PORT=...)
	@test -f _build/html/index.html || { echo "error: there is no site yet; run: make" >&2; exit 1; }
	@$(PYTHON) tools/port.py "$(PORT)"
	@$(PYTHON) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

lab: $(VENV)/write ## Open the labs in Jupyter
	@$(BIN)/python -m jupyterlab notebooks

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The environment: what builds the book; with that, what writers need; with that, what tests need.
# Installed anew when a lock changes; made anew when its Python is gone or another one is asked for.
EXACTLY := $(if $(filter file,$(origin PYTHON)),,--exactly)
ANEW := $(shell $(PYTHON) tools/environment.py $(VENV) --usable $(EXACTLY) || echo anew)
.PHONY: anew
INSTALL = @$(PYTHON) tools/environment.py $(VENV) $< $(EXACTLY)

$(VENV)/book: requirements.txt $(ANEW)
	$(INSTALL)
	@touch $@

$(VENV)/write: requirements-write.txt $(ANEW)
	$(INSTALL)
	@touch $@ $(VENV)/book

$(VENV)/test: requirements-test.txt $(ANEW)
	$(INSTALL)
	@touch $@ $(VENV)/write $(VENV)/book
