"""All checks before a release: `nox` runs them, `nox -s tests` runs the tests.

The tests run on the installed wheel; the source tree is never on the path.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
import os
import re
import shutil
import sqlite3
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import nox

ROOT = Path(__file__).parent
EXAMPLE = ROOT / "examples" / "varsinais-suomi.json"

PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
# The running Python is always among them, so that `nox -s tests` never passes by testing nothing.
PYTHONS = sorted({*nox.project.python_versions(PROJECT), RUNNING})
# The Python on which every branch must be covered: from 3.14 on coverage uses `sys.monitoring`,
# which is fast; before, tests take three times as long. All test dependencies have wheels for it.
MEASURED = "3.14"
PROPERTIES = "tests/properties"
ALL_EXTRAS = "arrow,charts,cli,excel,frames,html,testing,zstd"
CORE_EXTRAS = "arrow,charts,cli,excel,html,testing,zstd"
# What may depend on the Python: classes, types and pickles, readers and writers, the start of the
# package, its threads, what README shows. Not what is slow, nor what is the same on any Python:
# rules and facts, texts, the contents of reports, the files of the repository.
CORE_TESTS = (
    *("-m", "not proof", "tulevaisuus", "README.md"),
    *("tests/findings", "tests/formats", "tests/model"),
    *("tests/rules/test_cases.py", "tests/rules/test_rule_declaration.py"),
    *("tests/test_concurrency.py", "tests/test_decimal_contexts.py", "tests/test_front_door.py"),
    *("tests/test_formatted_values.py", "tests/test_lazy.py", "tests/test_threads.py"),
    "tests/test_type_hints.py",
)
# To rewrite all assertions on each Python takes seconds, so that a failure shows their values. The
# sessions for one Python do not; with arguments after `--`, such as the failed test, they do.
UNEXPLAINED = "--assert=plain"
# On the oldest and the newest Python also what is packed, encoded or serialised with other
# libraries, what the command reads and writes as a program, and the pages of the documentation.
INTERPRETER_TESTS = (
    *CORE_TESTS,
    *("tests/cli/test_convert_streams.py", "tests/cli/test_main.py"),
    *("tests/cli/test_output.py", "tests/cli/test_streams.py"),
    *("tests/exchange/test_cell_values.py", "tests/exchange/test_streamed_csv_entities.py"),
    *("tests/exchange/test_file_reading.py", "tests/exchange/test_packages.py"),
    *("tests/exchange/test_parquet.py", "tests/exchange/test_reading.py"),
    *("tests/reports/test_json_report.py", "tests/reports/test_junit_report.py"),
    *("tests/reports/test_lone_surrogates.py", "tests/reports/test_notebooks.py"),
    *("tests/reports/test_reports_in_pydantic.py", "tests/rules/test_checking.py"),
    *("docs", "tests/test_examples.py", "tests/test_wrong_arguments.py"),
    *("--ignore=docs/charts.md", "--ignore=docs/start/tester.md", "--ignore=docs/testing.md"),
)
# Of frames, the oldest versions of their libraries run what compares them with objects.
OLDEST_TESTS = ("tests/frames/test_agreement.py", "tests/frames/test_absent_extras.py")
OFFICE_TESTS = ("tests/exchange/test_workbook_styles.py", "tests/exchange/test_libreoffice.py")
PAGE_TESTS = "tests/pages"
SPARK_TESTS = "tests/frames/test_spark.py"
# The sessions that may share an environment.
COMBINED = {
    "properties": (PROPERTIES,),
    "interpreter": INTERPRETER_TESTS,
    "office": ("-m", "proof", *OFFICE_TESTS),
    "pages": (PAGE_TESTS,),
    "spark": (SPARK_TESTS,),
}
# PySpark, of 400 MB, has no wheel: each environment builds one, in half the time if not compressed.
STORED = ("--config-settings=--build-option=--compression=stored",)
# Each plan of Spark is made once: a compiler that optimises more costs more time than it saves.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmn256m"

WHEEL_BYTES = 1_000 * 1_000  # docs/decisions/0021
KILLED_PERCENT = 95
SAMPLE_KILLED_PERCENT = 90
MODULE_LINES = 400
FUNCTION_LINES = 45

nox.needs_version = ">=2025.11.12"
# `pip install uv` beside nox makes each environment in seconds instead of a minute.
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"  # uv would
nox.options.error_on_external_run = True
nox.options.error_on_missing_interpreters = False  # one Python is enough here; .ci/run wants all

_wheels: list[Path] = []


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, sizes, the direction of imports, declared dependencies and workflows."""
    session.install(*_group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports", env={"PYTHONPATH": "src"})
    session.run("deptry", "src")
    session.run("zizmor", "--offline", "--quiet", "--persona=auditor", ".github")
    too_hard = [line for path in sorted(ROOT.glob("src/**/*.py")) for line in _too_long(path)]
    # Rank C begins at a complexity of 11.
    found = session.run("radon", "cc", "--min=C", "--show-complexity", "src", silent=True)
    tangled = str(found or "")
    if tangled:
        too_hard.append(f"{tangled.rstrip()}\nA function has a complexity of 10 at most.")
    if too_hard:
        session.error("\n".join(too_hard))


@nox.session
def types(session: nox.Session) -> None:
    """Check types twice, and that every public name has one."""
    _install(session, *_group("types"))
    session.run("mypy")
    session.run("basedpyright")
    session.run("basedpyright", "--verifytypes", "tulevaisuus", "--ignoreexternal")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests and doctests on the built wheel.

    The Python that runs nox runs all but the property tests, which are a session of their own.
    Python 3.14 must cover every branch. The others run the core, without the libraries of frames
    and charts. Arguments after `--` go to pytest; coverage is not measured then.
    """
    if session.python not in {RUNNING, MEASURED} and not session.posargs:
        _install(session, *_group("core-tests"), extras=CORE_EXTRAS)
        session.run("pytest", UNEXPLAINED, *CORE_TESTS)
        return
    _install(session, *_group("tests"))
    if session.posargs:
        session.run("pytest", *session.posargs)
    elif session.python == MEASURED:
        _measure(session)
    else:
        session.run("pytest", f"--ignore={PROPERTIES}")


@nox.session
def properties(session: nox.Session) -> None:
    """Test every property with the same 25 examples in each run, on the Python that runs nox."""
    _install(session, *_group("tests"))
    session.run("pytest", *(session.posargs or [PROPERTIES]))


@nox.session(default=False)
def interpreter(session: nox.Session) -> None:
    """Run what may depend on the Python, on the one that runs nox."""
    _install(session, *_group("core-tests"), extras=CORE_EXTRAS)
    session.run("pytest", *(session.posargs or (UNEXPLAINED, *INTERPRETER_TESTS)))


@nox.session(default=False)
def combined(session: nox.Session) -> None:
    """Create an environment for several sessions; with `-r` and `-- office pages`, run these in it.

    The names are those of the sessions. To create an environment and to compile the modules in it
    takes fifteen seconds, so `.ci/run` does it once for all of these.
    """
    if not session.posargs:
        _install(session, *_group("tests"), *_group("pages"))
    for name in session.posargs:
        if name == "spark":
            session.install("--no-compile", *STORED, *_group("spark"))
            session.env["JDK_JAVA_OPTIONS"] = JAVA_OPTIONS
        session.run("pytest", *COMBINED[name])


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    """Measure the coverage of the tests on the Python that runs nox, which may take long."""
    _install(session, *_group("tests"))
    _measure(session)


@nox.session(python=["3.11", "3.12"])
def oldest(session: nox.Session) -> None:
    """Run the core with the lowest allowed versions, and the comparison of frames with objects.

    `.ci/run` runs it on 3.12, and nothing else there.
    """
    frames = _lowest(PROJECT["project"]["optional-dependencies"]["frames"])
    libraries = _lowest(line for line in _group("tests") if line.startswith(("pandas", "polars")))
    lowest = [*_lowest(PROJECT["project"]["dependencies"]), *frames, *libraries]
    core = [line for line in _group("core-tests") if not line.startswith("narwhals")]
    _install(session, *core, *lowest, extras=f"{CORE_EXTRAS},frames")
    if session.posargs:
        session.run("pytest", *session.posargs)
    else:
        session.run("pytest", UNEXPLAINED, *CORE_TESTS, *OLDEST_TESTS)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    _install(session, *_group("docs"))
    session.run("sphinx-build", "-W", "--keep-going", "-E", "-b", "html", "docs", "build/docs")


@nox.session
def package(session: nox.Session) -> None:
    """Build sdist and wheel twice, compare and check them, and use the wheel in another folder."""
    session.install(*_group("package"), *PROJECT["build-system"]["requires"])
    folder = ROOT / "dist"
    shutil.rmtree(folder, ignore_errors=True)
    # In isolated environments that contain only the declared build dependencies.
    isolated = ("uv", "build", "--quiet", "--out-dir")  # in a third of the time
    usual = ("python", "-m", "build", "--outdir")
    session.run(*(isolated if session.venv_backend == "uv" else usual), folder, external=True)
    (folder / ".gitignore").unlink(missing_ok=True)  # uv's own
    session.run("twine", "check", "--strict", *map(str, sorted(folder.iterdir())))
    (wheel,) = folder.glob("*.whl")
    problems = [*_problems_of(wheel), *_changed_when_built_again(session, folder)]
    if problems:
        session.error("\n".join(problems))
    _use(session, wheel)
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)


@nox.session(default=False)
def office(session: nox.Session) -> None:
    """Edit tables and packages in LibreOffice, and read what it saves."""
    if shutil.which("soffice") is None:
        session.skip("NO TABLE WAS EDITED: there is no LibreOffice; Debian has libreoffice-calc")
    _install(session, *_group("core-tests"), extras=CORE_EXTRAS)
    session.run("pytest", "-m", "proof", *(session.posargs or OFFICE_TESTS))


@nox.session(default=False)
def pages(session: nox.Session) -> None:
    """Open reports in Chromium, and check their accessibility with axe-core."""
    if not (shutil.which("chromium-headless-shell") or shutil.which("chromium")):
        session.skip("NO PAGE WAS OPENED: Debian has chromium-headless-shell and chromium")
    _install(session, *_group("tests"), *_group("pages"))
    session.run("pytest", PAGE_TESTS, *session.posargs)


@nox.session(default=False)
def spark(session: nox.Session) -> None:
    """Compare Spark with objects, check its plans, and run the example on a local cluster.

    `SPARK_DOCUMENTS` is the number of dense documents to compare, by default 20.
    """
    if shutil.which("java") is None:
        session.skip("SPARK WAS NOT TRIED: there is no Java; Debian has default-jre-headless")
    _install(session, *STORED, *_group("spark"))
    session.env["JDK_JAVA_OPTIONS"] = JAVA_OPTIONS
    session.run("pytest", SPARK_TESTS, *session.posargs)


@nox.session(default=False)
def agreement(session: nox.Session) -> None:
    """Compare every library's frames with objects on 1,000 dense documents: half an hour."""
    _install(session, *_group("tests"))
    session.run("python", "-m", "tests.frames.agree", *(session.posargs or ["1000"]))


@nox.session(python=PYTHONS, default=False)
def proofs(session: nox.Session) -> None:
    """Test every property with 300 new random examples, which takes long."""
    _install(session, *_group("tests"))
    session.run("pytest", "-m", "proof", "--hypothesis-profile=proofs", "tests", *session.posargs)


@nox.session(python=PYTHONS, default=False)
def threads(session: nox.Session) -> None:
    """Look for deadlocks: eight threads use every name at once; `-- 200` repeats it 200 times."""
    _install(session, *_group("tests"))
    session.run("python", "-m", "tools.threads", *session.posargs)


@nox.session(default=False)
def mutants(session: nox.Session) -> None:
    """Change the library in small ways and count the changes that the tests notice.

    Below the rules a seeded sample is tested, in the rules every change. Arguments after `--` are
    for the sample, and the rules are left out: `nox -s mutants -- --minutes 60`.
    """
    session.install(*_group("mutants"), "-e", f".[{ALL_EXTRAS}]")
    least = f"--least={SAMPLE_KILLED_PERCENT}"
    session.run("python", "-m", "tools.mutants", "--learn", least, *session.posargs)
    if session.posargs:
        return
    database = str(Path(session.create_tmp()) / "mutants.sqlite")
    session.run("cosmic-ray", "baseline", "cosmic-ray.toml")  # else all mutants would seem killed
    session.run("cosmic-ray", "init", "--force", "cosmic-ray.toml", database)
    session.run("cr-filter-operators", database, "cosmic-ray.toml")
    session.run("cosmic-ray", "exec", "cosmic-ray.toml", database)
    session.run("cr-report", "--surviving-only", "--show-diff", database)
    share = _killed_in(database)
    if share < KILLED_PERCENT:
        session.error(f"{share:.1f} % of the mutants were killed, at least {KILLED_PERCENT} wanted")


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """Compare start-up, documents, lines, tables and pages with other libraries in the same run."""
    _install(session, *_group("benchmarks"))
    session.run("python", "benchmarks/startup.py")
    session.run("python", "benchmarks/documents.py")
    session.run("python", "benchmarks/lines.py")
    session.run("python", "benchmarks/tables.py")
    session.run("python", "benchmarks/pages.py")
    session.run("python", "benchmarks/report_writing.py")


@nox.session(python=["3.11", "3.13"], default=False)  # atheris has wheels for these
def fuzz(session: nox.Session) -> None:
    """Search for bytes that break a guarantee; `nox -s fuzz -- 600` for ten minutes on each."""
    _install(session, *_group("fuzz"))
    session.run("python", "-m", "tests.fuzz.fuzz", *(session.posargs or ["3600"]))


def _group(name: str) -> tuple[str, ...]:
    """Return the requirements of a dependency group; the pip of Python 3.11 cannot read them."""
    return nox.project.dependency_groups(PROJECT, name)


def _install(session: nox.Session, *requirements: str, extras: str = ALL_EXTRAS) -> None:
    """Install the built wheel with its extras, again also in an existing environment."""
    wheel = str(_wheel(session))
    # Modules are compiled at import; to compile all installed ones takes half a minute.
    session.install("--no-compile", *requirements, f"{wheel}[{extras}]")
    session.install("--force-reinstall", "--no-deps", wheel)


def _wheel(session: nox.Session) -> Path:
    """Return the project's wheel, built by the first session that needs it.

    Each process has its own folder, because .ci/run starts several nox processes.
    """
    if not _wheels:
        folder = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, folder)
        build = (
            ("uv", "build", "--wheel", "--quiet", "--out-dir")
            if session.venv_backend == "uv"  # such environments have no pip
            else ("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir")
        )
        session.run(*build, folder, str(ROOT), external=True)
        _wheels.extend(Path(folder).glob("*.whl"))
    return _wheels[0]


def _measure(session: nox.Session) -> None:
    """Run all tests but the property tests, whose random examples cover branches only by chance."""
    session.env["COVERAGE_FILE"] = str(Path(session.create_tmp()) / "coverage")
    session.run("coverage", "run", "-m", "pytest", f"--ignore={PROPERTIES}")
    session.run("coverage", "report")


def _lowest(lines: Iterable[str]) -> list[str]:
    """Turn each `name>=1.2,<5` into `name==1.2.*`."""
    floors = (re.match(r"([\w-]+)>=([\d.]+)", line) for line in lines)
    return [f"{floor[1]}=={floor[2]}.*" for floor in floors if floor]


def _killed_in(database: str) -> float:
    """Print how many mutants of each module were killed, and return the total share.

    The tool's own share counts excluded mutants as killed.
    """
    with contextlib.closing(sqlite3.connect(database)) as results:
        rows: list[tuple[str, int, int]] = results.execute(
            "SELECT module_path, count(*), sum(test_outcome = 'KILLED')"
            " FROM mutation_specs JOIN work_results USING (job_id)"
            " WHERE worker_outcome <> 'SKIPPED' GROUP BY 1"
        ).fetchall()
    rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    for path, mutants, killed in rows:
        sys.stdout.write(f"| {Path(path).stem} | {mutants} | {killed} | {killed / mutants:.1%} |\n")
    return 100 * rows[-1][2] / rows[-1][1]


def _too_long(path: Path) -> list[str]:
    """List a module, and its functions, that are too long."""
    text = path.read_text("utf-8")
    found: list[str] = []
    if (lines := len(text.splitlines())) > MODULE_LINES:
        found.append(f"{path}: {lines} lines, at most {MODULE_LINES} wanted")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            lines -= len((ast.get_docstring(node) or "").splitlines())
            if lines > FUNCTION_LINES:
                found.append(
                    f"{path}:{node.lineno}: {node.name} has {lines} lines without its docstring,"
                    f" at most {FUNCTION_LINES} wanted"
                )
    return found


def _problems_of(wheel: Path) -> list[str]:
    """List the errors of the wheel: its size, missing files, and files that should not be there."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    sys.stdout.write("\n".join([*names, f"{wheel.name}: {wheel.stat().st_size} bytes", ""]))
    (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
    wanted = {"tulevaisuus/py.typed", f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"}
    tops = ("tulevaisuus/", f"{info}/")
    strange = [name for name in names if not name.startswith(tops) or "test_" in name]
    return [
        *(f"{name} is missing from the wheel" for name in sorted(wanted.difference(names))),
        *(f"{name} does not belong in the wheel" for name in strange),
        *([f"the wheel is over {WHEEL_BYTES} bytes"] if wheel.stat().st_size > WHEEL_BYTES else []),
    ]


def _changed_when_built_again(session: nox.Session, released: Path) -> list[str]:
    """Build the release again from its own sdist, and list the files that differ.

    Folder, file times, permissions and environment differ. Both builds take the times
    in the archives from `SOURCE_DATE_EPOCH` or, where it is not set, hatchling's constant.
    """
    with tempfile.TemporaryDirectory() as folder:
        (sdist,) = released.glob("*.tar.gz")
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        tree = Path(folder, sdist.name.removesuffix(".tar.gz"))
        for path in tree.rglob("*"):
            path.chmod(path.stat().st_mode & 0o700)
            os.utime(path, (0, 0))
        usual = os.umask(0o077)
        here = ("--no-isolation", "--outdir", f"{folder}/again", str(tree))
        session.run("python", "-m", "build", *here)
        os.umask(usual)
        again = {path.name: path.read_bytes() for path in Path(folder, "again").iterdir()}
    first = {path.name: path.read_bytes() for path in released.iterdir()}
    return [
        f"{name} differs when it is built again"
        for name in sorted(first.keys() | again.keys())
        if first.get(name) != again.get(name)
    ]


def _use(session: nox.Session, wheel: Path) -> None:
    """Install the wheel in a fresh environment, run the command, and import it from the zip."""
    look_up = "import tulevaisuus as tul; print(tul.__file__, tul.regions['05'].name)"
    with tempfile.TemporaryDirectory() as folder, session.chdir(folder):
        session.run("python", "-m", "venv", "fresh")
        scripts = Path(folder, "fresh", "Scripts" if sys.platform == "win32" else "bin")
        python, command = str(scripts / "python"), str(scripts / "tulevaisuus")
        pip = (python, "-m", "pip", "--quiet")
        session.run(*pip, "install", f"{wheel}[cli]", external=True)
        session.run(command, "check", str(EXAMPLE), external=True)
        session.run(*pip, "uninstall", "--yes", "tulevaisuus", external=True)
        session.run(python, "-c", look_up, env={"PYTHONPATH": str(wheel)}, external=True)
