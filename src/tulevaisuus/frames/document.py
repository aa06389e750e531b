"""The forms of TSK0xx: the document itself (`tulevaisuus.rules.document`).

What is wrong with single cells is found at the door, in `tulevaisuus.frames.sheets`; references,
keys that come twice, and lists are here. These forms are made for every table of data.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import narwhals.stable.v2 as nw

from tulevaisuus.frames.expressions import Lazy, any_of, closed, known, text_of
from tulevaisuus.frames.forms import Breach, Form, Found, RowForm, TableForm, form, row_form
from tulevaisuus.frames.layouts import LAYOUTS, Layout, layouts_of
from tulevaisuus.frames.tables import DATA, Tables
from tulevaisuus.frames.texts_of_cells import check_digits
from tulevaisuus.model.field_types import Date, Ref
from tulevaisuus.rules.document import FAR, PLACEHOLDERS
from tulevaisuus.rules.references import CODED

__all__ = ["FORMS"]

_PREFIX = "FI-PRO-"


def _references(layout: Layout) -> Iterator[Form]:
    """Return the forms of TSK005 and TSK009 for the columns of a table that refer to something."""
    for field in layout.fields:
        if isinstance(field.type, Ref):
            registers = field.type.registers
            code = "TSK009" if CODED.isdisjoint(registers) else "TSK005"
            judge = partial(_dangling, layout.name, field.column, registers)
            yield TableForm(code=code, of=layout.name, needs=(), judge=judge)


def _dangling(
    table: str, column: str, registers: tuple[str, ...], tables: Tables
) -> Iterator[Found]:
    """Find keys that are in none of their registers; one that is not given is not judged."""
    rejected = {register for register, key in tables.context.rejected if key is None}
    if not rejected.isdisjoint(registers):
        return
    rows = tables.clean(table).filter(known(column))
    if registers[0] in DATA:
        (register,) = registers
        if register not in tables.sheets:
            return
        sheet = tables.sheets[register]
        everyone = tables.everyone(register, ()).select(target="key")
        own = sheet.flagged.select(own_target=sheet.key)
        found = rows.join(everyone, left_on=column, right_on="target", how="anti").join(
            own, left_on=column, right_on="own_target", how="anti"
        )
    else:
        if CODED.isdisjoint(registers) and not tables.given_whole.intersection(registers):
            return
        found = rows.filter(~closed(nw.col(column).is_in(_codes(tables, registers))))
    yield Found(found.select("key", "place", value=column), table, column)


def _codes(tables: Tables, registers: tuple[str, ...]) -> list[str]:
    """Return the keys of code lists, with those of entities that were not valid."""
    context = tables.context
    keys = [str(each.key) for register in registers for each in context.everything(register)]
    return keys + [str(key) for register, key in context.rejected if register in registers]


def _placeholders(layout: Layout) -> Iterator[Form]:
    """Return the form of TSK014 for the days of a table."""
    columns = [field.column for field in layout.fields if isinstance(field.type, Date)]
    if columns:
        judge = partial(_placeholder_days, columns)
        yield RowForm(code="TSK014", of=layout.name, judge=judge)


def _placeholder_days(columns: list[str], _: Tables) -> Iterator[Breach]:
    """Find days that programs write where a day is not known."""
    for column in columns:
        day = nw.col(column)
        # Spark takes no literal of the first day of all.
        written = [day == nw.lit(each) for each in sorted(PLACEHOLDERS) if each != dt.date.min]
        of_first_year = day.dt.year() == dt.MINYEAR
        written.append(of_first_year & (day.dt.month() == 1) & (day.dt.day() == 1))
        far = day >= nw.lit(dt.date(FAR, 1, 1))
        yield Breach(column, closed(any_of([*written, far])))


def _keys(layout: Layout) -> Iterator[Form]:
    """Return the forms of TSK008: keys that come twice, and elements of lists that do."""
    if not layout.is_list:
        yield TableForm(code="TSK008", of=layout.name, judge=partial(_keys_twice, layout.name))
    elif layout.is_unique:
        yield TableForm(code="TSK008", of=layout.name, judge=partial(_elements_twice, layout))


def _later_ones(frame: Lazy, group: list[str], order: tuple[str, ...]) -> Lazy:
    """Return all rows but the first of each group of several."""
    several = frame.group_by(*group).agg(nw.len().alias("number")).filter(nw.col("number") > 1)
    named = several.select(**{f"{name}_several": nw.col(name) for name in group})
    right = [f"{name}_several" for name in group]
    few = frame.join(named, left_on=group, right_on=right, how="semi")
    turn = nw.col("key").cum_count().over(*group, order_by=order)
    return few.with_columns(turn=turn).filter(nw.col("turn") > 1)


def _keys_twice(table: str, tables: Tables) -> Iterator[Found]:
    """Find keys that come twice."""
    later = _later_ones(tables.clean(table), ["key"], tables.order_of(table))
    (column,) = LAYOUTS[table].keys
    yield Found(later.select("key", value="key"), table, column)


def _elements_twice(layout: Layout, tables: Tables) -> Iterator[Found]:
    """Find elements of a list that come twice in it."""
    *outer, place = layout.places
    later = _later_ones(tables.clean(layout.name), ["key", *outer, "value"], (place,))
    yield Found(later.select("key", "place", value=text_of("value")), layout.name, "value")


def _lists(layout: Layout) -> Iterator[Form]:
    """Return the forms on lists: their rows belong to a row, and count up from zero."""
    if layout.is_list:
        yield TableForm(
            code="TSK009", of=layout.name, needs=(layout.parent,), judge=partial(_stray, layout)
        )
        yield TableForm(code="TSK002", of=layout.name, judge=partial(_misplaced, layout))
        if layout.table.known:
            judge = partial(_denied, layout)
            yield TableForm(code="TSK002", of=layout.parent, needs=(layout.name,), judge=judge)


def _stray(layout: Layout, tables: Tables) -> Iterator[Found]:
    """Find rows of lists that belong to nothing that has a row."""
    parent, sheet = tables.sheets[layout.parent], tables.sheets[layout.name]
    owners = [*layout.table.owner][:-1]
    above = LAYOUTS[layout.parent]
    theirs = [*(above.table.owner or above.keys)]
    own = parent.flagged.select(**{f"own_{each}": nw.col(each) for each in theirs}).unique()
    rows = sheet.flagged.with_columns(key=sheet.key, place=sheet.place)
    stray = rows.join(own, left_on=owners, right_on=[f"own_{each}" for each in theirs], how="anti")
    yield Found(stray.select("key", "place", value="key"), layout.name, owners[0])


def _misplaced(layout: Layout, tables: Tables) -> Iterator[Found]:
    """Find places in lists that do not count up from zero."""
    sheet = tables.sheets[layout.name]
    *outer, place = layout.places
    rows = sheet.flagged.select(
        *outer, key=sheet.key, place=sheet.place, at=nw.col(place).cast(nw.Int64).fill_null(-1)
    ).filter(known("key"))
    before = nw.col("at").shift(1).over("key", *outer, order_by="at")
    judged = rows.with_columns(before=before.fill_null(-1))
    wrong = judged.filter(nw.col("at") != nw.col("before") + 1)
    yield Found(wrong.select("key", "place", value=text_of("at")), layout.name, place)


def _denied(layout: Layout, tables: Tables) -> Iterator[Found]:
    """Find lists that have rows and are marked as not known."""
    sheet = tables.sheets[layout.parent]
    column = layout.table.known
    if column in sheet.absent:
        return
    above = LAYOUTS[layout.parent]
    theirs = [*(above.table.owner or above.keys)]
    owners = [*layout.table.owner][:-1]
    having = tables.flagged(layout.name).select(
        **{f"having_{each}": nw.col(each) for each in owners}
    )
    rows = sheet.flagged.with_columns(
        key=sheet.key,
        place=sheet.place,
        value=sheet.text_of(column),
        denies=~sheet.truth_of(column),
    )
    denied = rows.filter(nw.col("denies")).join(
        having.unique(), left_on=theirs, right_on=[f"having_{each}" for each in owners], how="semi"
    )
    yield Found(denied.select("key", "place", "value"), layout.parent, column)


@form("TSK015", "organisations")
def shared_business_id(tables: Tables) -> Iterator[Found]:
    """Find organisations with the business id of another one.

    Whose it is, the facts know best; then it is the first one's.
    """
    facts: dict[str, str] = {}
    for each in tables.context.reference.organisations:
        if each.business_id is not None:
            facts.setdefault(str(each.business_id), each.id)
    owners = tables.constants("owners", {"of_facts": str, "fact": str}, facts.items())
    organisations = tables.clean("organisations").filter(known("business_id"))
    order = tables.order_of("organisations")
    turn = nw.col("key").cum_count().over("business_id", order_by=order)
    turns = organisations.with_columns(turn=turn)
    first = turns.filter(nw.col("turn") == 1).select(first_of="business_id", first="key")
    beside = turns.join(first, left_on="business_id", right_on="first_of", how="left").join(
        owners, left_on="business_id", right_on="of_facts", how="left"
    )
    owned = beside.with_columns(owner=nw.coalesce(nw.col("fact"), nw.col("first")))
    found = owned.filter(nw.col("owner") != nw.col("key"))
    yield Found(
        found.select("key", value="business_id", other="owner"), "organisations", "business_id"
    )


@row_form("TSK016", "organisations")
def wrong_organisation_id(_: Tables) -> Iterator[Breach]:
    """Find ids of the scheme FI-PRO that are no business id, or another one's."""
    yield Breach("id", _is_wrong("id", "business_id"), nw.col("business_id"))


@form("TSK016", "organisations_external_ids", needs=["organisations"])
def wrong_organisation_identifier(tables: Tables) -> Iterator[Found]:
    """Find other identifiers of the scheme FI-PRO that are no business id, or another one's."""
    own = tables.clean("organisations").select(own_key="key", own_id="business_id")
    rows = tables.clean("organisations_external_ids").join(
        own, left_on="key", right_on="own_key", how="inner"
    )
    wrong = rows.filter(_is_wrong("value", "own_id"))
    found = wrong.select("key", "place", "value", other="own_id")
    yield Found(found, "organisations_external_ids", "value")


def _is_wrong(column: str, own: str) -> nw.Expr:
    given = nw.col(column)
    is_of_scheme = closed(given.str.contains(rf"\A{_PREFIX}[^\n]*\z"))
    number = given.str.slice(len(_PREFIX))
    has_form = closed(number.str.contains(r"\A[0-9]{7}-[0-9]\z"))
    right = closed(check_digits(nw.when(has_form).then(number)))
    return is_of_scheme & (~right | closed(number != nw.col(own)))


def _forms() -> Iterator[Form]:
    for main in DATA:
        for layout in layouts_of(main):
            yield from (*_references(layout), *_placeholders(layout))
            yield from (*_keys(layout), *_lists(layout))


FORMS: tuple[Form, ...] = tuple(_forms())
"""The forms that follow from the fields of the classes."""
