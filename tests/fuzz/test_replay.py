"""What the fuzzer is given, and what it found, holds in every run of the tests."""

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
def test_a_seed_is_borne(seed: Path) -> None:
    """Bytes made to break a reader, or found to, are read or rejected as promised."""
    one_input(seed.read_bytes())


def test_samples_are_borne() -> None:
    """What the library ships, as input of each reader, keeps every promise."""
    for sample in SAMPLES:
        one_input(sample)


def test_the_search_begins_with_every_reader() -> None:
    """Each way to read has a sample: texts, names, entities and whole documents."""
    begun = {sample.partition(b":")[0].decode() for sample in SAMPLES}
    assert begun >= {*BYTE_READERS, *TEXT_READERS}
    for name, register in tul.reference.registers().items():
        assert {type(entity).__name__ for entity in register} <= begun
        assert name in begun or not any(any(entity.names()) for entity in register)


@given(st.sampled_from([b"", *READERS]), PIECES)
def test_any_bytes_are_borne(reader: bytes, data: bytes) -> None:
    """A short search by bytes and words, for each reader."""
    one_input(reader + data)


@given(st.sampled_from(SAMPLES), st.floats(0, 1), st.integers(0, 20), PIECES)
def test_damaged_samples_are_borne(sample: bytes, place: float, length: int, put: bytes) -> None:
    """What is nearly right reaches further than what is not."""
    start = int(place * len(sample))
    one_input(sample[:start] + put + sample[start + length :])
