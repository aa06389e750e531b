"""Fuzz the readers with atheris: ``python -m tests.fuzz.fuzz 3600`` searches for an hour.

It prints the output of libFuzzer, and keeps its corpus in ``build/fuzz`` for the next search. An
input that breaks an invariant is written there as ``crash-…`` and ends the search. Add it to the
seeds, so that the tests run it from then on.
"""

import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, cast

__all__ = ["main", "words"]

SEEDS = Path(__file__).parent / "seeds"
BUILD = Path("build", "fuzz")
LONGEST = 4096
"""A longer input shows nothing that a shorter one does not, and takes longer."""
SLOWEST = 10
"""An input that takes more seconds is a find, too."""

TOKENS = ["tulevaisuus", "format", "format_version", "1.0", "1.1", "\\ud83d", "NaN", "-Infinity"]
FORMS = ['{"', '"}', '":', '", "', "[{", "}]", "1e5", "null", "true", "2021-12-31", "0204819-8"]


class Atheris(Protocol):
    """The functions of atheris that we use, as it has no types."""

    def instrument_imports(self, *, include: list[str]) -> AbstractContextManager[None]:
        """Count the branches of modules that are imported within."""
        ...

    def Setup(self, arguments: list[str], target: Callable[[bytes], None]) -> None:  # noqa: N802
        """Set the arguments of libFuzzer."""
        ...

    def Fuzz(self) -> None:  # noqa: N802 - atheris calls it so
        """Search, and end the process."""
        ...


def main(seconds: int) -> None:
    """Search for a number of seconds."""
    atheris = cast("Atheris", importlib.import_module("atheris"))
    with atheris.instrument_imports(include=["tulevaisuus"]):
        for name in _modules():
            importlib.import_module(name)
    from tests.fuzz.surroundings import SAMPLES
    from tests.fuzz.target import one_input, samples

    for sample in SAMPLES:  # load everything before inputs are timed
        one_input(sample)
    corpus = BUILD / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, sample in enumerate(samples()):
        Path(corpus, f"sample-{number}").write_bytes(sample)
    dictionary = BUILD / "words"
    dictionary.write_text("".join(f"{json.dumps(word)}\n" for word in words()), "ascii")
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}"]
    options += ["-handle_xfsz=0"]  # the target itself makes files too large, to test that
    options += [f"-dict={dictionary}", f"-artifact_prefix={BUILD}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(SEEDS)], one_input)
    atheris.Fuzz()


def _modules() -> Iterator[str]:
    """Return the modules of readers, writers and the command."""
    for package in ("findings", "model", "formats", "facts", "rules", "reports", "exchange", "cli"):
        name = f"tulevaisuus.{package}"
        yield name
        path = importlib.import_module(name).__path__
        yield from (f"{name}.{module.name}" for module in pkgutil.iter_modules(path))


def words() -> Iterator[str]:
    """Return words of the format, which a search by bytes would take long to find."""
    from tests.fuzz.target import BYTE_READERS, CLASSES, REGISTERS, TEXT_READERS
    from tulevaisuus.model.value import fields_of

    readers = (*CLASSES, *REGISTERS, *BYTE_READERS, *TEXT_READERS)
    fields = {name for cls in CLASSES.values() for name in fields_of(cls)}
    yield from (*TOKENS, *FORMS, *(f"{name}:" for name in readers), *sorted(fields))


if __name__ == "__main__":
    main(int(sys.argv[1]))
