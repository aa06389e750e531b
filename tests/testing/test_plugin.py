"""`from_type` generates our classes and classes that contain them, in any order of imports."""

import dataclasses
import importlib.util
import itertools
from collections.abc import Mapping
from importlib.metadata import entry_points

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tulevaisuus as tul
from tests.helpers import run_python
from tests.testing.generated import few, simplest
from tulevaisuus import _lazy, testing
from tulevaisuus.model import _hooks
from tulevaisuus.testing import plugin
from tulevaisuus.testing.object_strategies import strategy_of

PLUGIN_OFF = "import os; os.environ['HYPOTHESIS_NO_PLUGINS'] = '1'\n"
STEPS = (
    "import tulevaisuus as tul; tul.Grant",
    "import tulevaisuus.testing",
    "from hypothesis import Phase, find, settings, strategies as st",
)
GENERATED = """
import attrs
@attrs.frozen
class Application:
    text: str
    grant: tul.Grant
any_example = settings(database=None, phases=[Phase.generate])  # shrinking it takes longer
print(find(st.from_type(Application), lambda _: True, settings=any_example).grant.id)
"""


@pytest.mark.parametrize("steps", [*itertools.permutations(STEPS)], ids=range(6))
def test_order_of_imports_does_not_matter(steps: tuple[str, ...]) -> None:
    """Without plug-ins, importing the package of strategies is enough, before or after."""
    assert run_python(PLUGIN_OFF + "\n".join(steps) + GENERATED).startswith("g")


@pytest.mark.parametrize("steps", [STEPS[::2], STEPS[::-2]], ids=["we first", "Hypothesis first"])
def test_plug_in_is_enough(steps: tuple[str, ...]) -> None:
    """With plug-ins, the package of strategies need not be imported."""
    assert run_python("\n".join(steps) + GENERATED).startswith("g")


@pytest.mark.parametrize(
    ("missing", "message"),
    [("hypothesis", r"pip install 'tulevaisuus\[testing\]'"), ("other", "no other")],
)
def test_missing_extra_is_named(
    missing: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line states what to install; another missing module is not explained."""

    def absent(*_: object) -> object:
        """Raise the error of an import."""
        raise ModuleNotFoundError("no other", name=missing)

    monkeypatch.setattr(_lazy, "open_name", absent)
    with pytest.raises(ModuleNotFoundError, match=message):
        vars(testing)["__getattr__"]("grants")


def test_the_hook_is_the_declared_one() -> None:
    """The distribution declares the entry point that Hypothesis calls."""
    declared = {entry.name: entry.value for entry in entry_points(group="hypothesis")}
    assert declared.get("tulevaisuus") == f"{plugin.__name__}:{plugin.listen.__name__}"


def test_hook_imports_little() -> None:
    """It imports neither attrs nor a class of the model."""
    printed = run_python(
        "import sys, hypothesis\n"
        "from tulevaisuus.testing.plugin import listen\n"
        "listen()\n"
        "ours = [name for name in sys.modules if name.startswith('tulevaisuus')]\n"
        "print(*sorted(ours), *({'attr', 'attrs', 'cattrs'} & set(sys.modules)))\n"
    )
    assert set(printed.split()) == {
        "tulevaisuus",
        "tulevaisuus.findings",
        "tulevaisuus.findings.pydantic_and_notebooks",
        "tulevaisuus.model",
        "tulevaisuus.model._hooks",
        "tulevaisuus.testing",
        "tulevaisuus.testing.plugin",
    }


def test_package_can_be_imported_without_hypothesis() -> None:
    """Names that need no strategy work where Hypothesis is not installed."""
    printed = run_python(
        "import sys\n"
        "from importlib.machinery import PathFinder\n"
        "class Missing(PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        if name.partition('.')[0] != 'hypothesis':\n"
        "            return super().find_spec(name, path, target)\n"
        "sys.meta_path[:] = [each for each in sys.meta_path if each is not PathFinder]\n"
        "sys.meta_path.append(Missing)\n"
        "from tulevaisuus.testing import samples\n"
        "import tulevaisuus as tul\n"
        "print(tul.check(tul.loads(samples.broken('TSK302'))).ok, hasattr(tul.testing, 'nope'))\n"
    )
    assert printed == "False False"


def test_no_subscription_without_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not installed, no class is registered."""
    received: list[object] = []
    monkeypatch.setattr(_hooks, "subscribe", received.append)
    monkeypatch.setattr(importlib.util, "find_spec", dict[str, object]().get)
    importlib.reload(testing)
    assert received == []
    assert dir(testing) == sorted(testing.__all__)


def test_subscriber_receives_each_class_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Existing and later classes are announced; subscribing twice changes nothing."""
    received: list[type] = []
    subscriber = received.append
    monkeypatch.setattr(_hooks, "_listeners", [])
    monkeypatch.setattr(_hooks, "_finished_classes", [tul.Grant])
    _hooks.subscribe(subscriber)
    _hooks.subscribe(subscriber)
    assert received == [tul.Grant]
    _hooks.announce(int)
    assert received == [tul.Grant, int]


@dataclasses.dataclass
class Row:
    """A user's dataclass with our classes and enums."""

    status: tul.GrantStatus
    goal: tul.GoalNumber
    evidence: tul.Evidence
    period: tul.Period | None
    links: tuple[tul.GoalLink, ...]
    projects: tul.Register[tul.Project]


@few
@given(st.from_type(Row))
def test_dataclass_of_a_user_is_generated(row: Row) -> None:
    """Its fields are generated by our strategies."""
    assert all(isinstance(project, tul.Project) for project in row.projects)
    assert all(link in tul.goal_links for link in row.links)


OPEN: list[object] = [getattr(tul, name) for name in tul.__all__]
CLASSES: list[type[object]] = [
    cls for cls in OPEN if isinstance(cls, type) and issubclass(cls, tul.Value | tul.Register)
]


@few
@pytest.mark.parametrize("cls", CLASSES)
@given(data=st.data())
def test_each_class_has_a_strategy(cls: type[object], data: st.DataObject) -> None:
    """`from_type` generates every class of values and entities."""
    generated: st.SearchStrategy[object] = st.from_type(cls)
    assert isinstance(data.draw(generated), cls)


def test_base_classes_are_generated_as_their_subclasses() -> None:
    """A value, an entity or a register is generated as one of a concrete class."""
    assert isinstance(simplest(st.from_type(tul.Entity)), tul.Entity)
    assert isinstance(simplest(st.from_type(tul.Value)), tul.Value)
    grants = simplest(st.from_type(tul.Register[tul.Grant]), len)
    assert grants.keys() == {"g1"}
    any_register: type[tul.Register[tul.Entity]] = tul.Register
    assert len(simplest(st.from_type(any_register), len)) == 1


def test_other_classes_are_left_to_hypothesis() -> None:
    """Hypothesis calls our hook also for abstract classes that ours match."""
    assert strategy_of(Mapping) is NotImplemented
    assert strategy_of(tuple[int]) is NotImplemented
    mappings: st.SearchStrategy[object] = st.from_type(dict[str, int])
    assert simplest(mappings) == {}
