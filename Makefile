.PHONY: start test check demo live bench messages screenshots lock
PY := .venv/bin/python
UV := $(shell command -v uv 2>/dev/null)
PO := locale/nb/LC_MESSAGES/django.po
MO := $(PO:.po=.mo)

start: .venv/run $(MO)
	@$(PY) manage.py run

demo: .venv/run $(MO)
	@$(PY) manage.py demo

test: .venv/dev $(MO)
	@$(PY) -m pytest -n 2

check: .venv/dev $(MO)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	.venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING

live: .venv/dev $(MO)
	bash live/install.sh
	$(PY) -m pytest live

bench: .venv/dev $(MO)
ifdef UV
	@uv pip install -q --python $(PY) --require-hashes -r bench/requirements.txt
else
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r bench/requirements.txt
endif
	$(PY) bench/run.py

# Without the date of the run, so that a second run changes nothing.
messages: .venv/dev
	$(PY) manage.py makemessages -l nb --no-obsolete --no-wrap --add-location file -i .venv -i data -i live -i bench -i docs
	@sed -i.dated '/^"POT-Creation-Date:/d' $(PO) && rm $(PO).dated

screenshots: .venv/dev $(MO)
	$(PY) docs/screenshots.py

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml --group dev --extra postgresql -c requirements.txt -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url bench/requirements.in -c requirements-dev.txt -o bench/requirements.txt

# One environment for both: `start` needs the first list, everything else the second, which holds the first.
.venv/bin/python:
ifdef UV
	@uv venv -q --python '>=3.11' .venv
else
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Samspill needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@python3 -m venv .venv
endif

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing (a minute or two the first time) ..."
ifdef UV
	@uv pip install -q --python .venv/bin/python --require-hashes -r requirements.txt
else
	@.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
endif
	@touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing what tests need (a minute or two the first time) ..."
ifdef UV
	@uv pip install -q --python .venv/bin/python --require-hashes -r requirements-dev.txt
else
	@.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
endif
	@touch $@ .venv/run

$(MO): $(PO) | .venv/bin/python
	@.venv/bin/pybabel -q compile -D django -d locale
