"""The inputs of the fuzzer, and what it found, are run by the tests."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.fuzz.fuzz import words
from tests.fuzz.target import (
    BYTE_READERS,
    CLASSES,
    REGISTERS,
    TEXT_READERS,
    one_input,
    samples,
)

SEEDS = sorted((Path(__file__).parent / "seeds").iterdir())
SAMPLES = list(samples())
WORDS = [word.encode() for word in words()]
NAMES = (*BYTE_READERS, *TEXT_READERS, *REGISTERS, *CLASSES)
READERS = [f"{name}:".encode() for name in NAMES]
PIECES = st.lists(st.sampled_from(WORDS) | st.binary(max_size=4), max_size=20).map(b"".join)


@pytest.mark.parametrize("seed", SEEDS, ids=[seed.name for seed in SEEDS])
def test_seed_is_read_or_rejected(seed: Path) -> None:
    """Bytes made to break a reader, or found to, lead to results or findings."""
    one_input(seed.read_bytes())


def test_sample_is_read_or_rejected() -> None:
    """What the library ships, as input of each reader, leads to results or findings."""
    for sample in SAMPLES:
        one_input(sample)


def test_every_reader_has_a_sample() -> None:
    """Each way to read has one: texts, names, entities and whole documents."""
    begun = {sample.partition(b":")[0].decode() for sample in SAMPLES}
    assert begun >= {*BYTE_READERS, *TEXT_READERS}
    for name, register in tul.reference.registers().items():
        assert {type(entity).__name__ for entity in register} <= begun
        assert name in begun or not any(any(entity.names()) for entity in register)


@given(st.sampled_from([b"", *READERS]), PIECES)
def test_any_bytes_are_read_or_rejected(reader: bytes, data: bytes) -> None:
    """A short search by bytes and words, for each reader."""
    one_input(reader + data)


@given(st.sampled_from(SAMPLES), st.floats(0, 1), st.integers(0, 20), PIECES)
def test_damaged_samples_are_read_or_rejected(
    sample: bytes, place: float, length: int, put: bytes
) -> None:
    """Nearly valid input gets further than arbitrary input."""
    start = int(place * len(sample))
    one_input(sample[:start] + put + sample[start + length :])
