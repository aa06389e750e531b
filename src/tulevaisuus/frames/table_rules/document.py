"""TSK0xx on tables: the rules on references, keys and lists, with codes such as TSK005.

`tulevaisuus.rules.document` has the same rules for objects, and
`tulevaisuus.frames.tables.input_table` checks single cells. These rules are derived for every table
of data from the fields of its class. A reference is the key of another entity in a field, such as
the call of a grant. A register is a collection of the entities of one class, by key.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import narwhals.stable.v2 as nw

from tulevaisuus.frames.engines.expressions import (
    FIRST_DAY,
    any_of,
    as_text,
    is_true,
    not_null,
)
from tulevaisuus.frames.engines.patterns import has_valid_check_digit
from tulevaisuus.frames.table_rules.duplicates import duplicate_rules
from tulevaisuus.frames.table_rules.rule_declaration import (
    QueryResult,
    QueryRule,
    RowCheck,
    RowRule,
    TableRule,
    query_rule,
    row_rule,
)
from tulevaisuus.frames.tables.schemas import SCHEMAS, TableSchema, schemas_of
from tulevaisuus.frames.tables.tables_with_facts import DATA_REGISTERS, Tables
from tulevaisuus.model.business_id import ORG_ID_PREFIX
from tulevaisuus.model.field_types import Date, Ref
from tulevaisuus.rules.placeholder_days import FIRST_PLACEHOLDER_YEAR, PLACEHOLDER_DATES
from tulevaisuus.rules.references import CODE_REGISTERS

__all__ = ["TABLE_RULES"]


def _reference_rules(schema: TableSchema) -> Iterator[TableRule]:
    """Return the rules TSK005 and TSK009 for the columns of a table that are references."""
    for field in schema.fields:
        if isinstance(field.type, Ref):
            registers = field.type.registers
            code = "TSK009" if CODE_REGISTERS.isdisjoint(registers) else "TSK005"
            function = partial(_dangling_references, schema.name, field.column, registers)
            yield QueryRule(code=code, table=schema.name, needs=(), function=function)


def _dangling_references(
    table: str, column: str, registers: tuple[str, ...], tables: Tables
) -> Iterator[QueryResult]:
    """Find references to entities that do not exist; registers not given are not checked."""
    rejected = {register for register, key in tables.context.rejected if key is None}
    if not (rejected | tables.rejected.with_unreadable_keys).isdisjoint(registers):
        return
    rows = tables.rows_to_check(table, (column,)).filter(not_null(column))
    if registers[0] in DATA_REGISTERS:
        (register,) = registers
        if register not in tables.inputs:
            return
        table_input = tables.inputs[register]
        given_keys = table_input.with_flags.select(target=table_input.key)
        found = rows.join(given_keys, left_on=column, right_on="target", how="anti").join(
            tables.facts(register, ()), left_on=column, right_on="key", how="anti"
        )
    else:
        if CODE_REGISTERS.isdisjoint(registers) and not tables.given_lists.intersection(registers):
            return
        found = rows.filter(~is_true(nw.col(column).is_in(_codes(tables, registers))))
    row = tables.row_columns(table)
    yield QueryResult(found.select(*row, "place", value=column), table, column)


def _codes(tables: Tables, registers: tuple[str, ...]) -> list[str]:
    """Return the keys of code lists, with the keys of rejected entities."""
    context = tables.context
    keys = [str(each.key) for register in registers for each in context.everything(register)]
    return keys + [str(key) for register, key in context.rejected if register in registers]


def _placeholder_rules(schema: TableSchema) -> Iterator[TableRule]:
    """Return the rule TSK014 for the days of a table."""
    columns = [field.column for field in schema.fields if isinstance(field.type, Date)]
    if columns:
        function = partial(_placeholder_days, columns)
        yield RowRule(code="TSK014", table=schema.name, function=function)


def _placeholder_days(columns: list[str], _: Tables) -> Iterator[RowCheck]:
    """Find days that programs write in place of an unknown day."""
    for column in columns:
        day = nw.col(column)
        others = sorted(PLACEHOLDER_DATES - {dt.date.min})
        written = [day == FIRST_DAY, *(day == nw.lit(each) for each in others)]
        far = day >= nw.lit(dt.date(FIRST_PLACEHOLDER_YEAR, 1, 1))
        yield RowCheck(column, is_true(any_of([*written, far])))


def _list_rules(schema: TableSchema) -> Iterator[TableRule]:
    """Return the rules on tables of lists: rows have parents, and positions count up from zero."""
    if schema.is_list:
        yield QueryRule(
            code="TSK009",
            table=schema.name,
            needs=(schema.parent_table,),
            function=partial(_rows_without_parent, schema),
        )
        yield QueryRule(code="TSK002", table=schema.name, function=partial(_wrong_places, schema))
        if schema.table.known_column:
            function = partial(_rows_of_unknown_lists, schema)
            yield QueryRule(
                code="TSK002", table=schema.parent_table, needs=(schema.name,), function=function
            )


def _rows_without_parent(schema: TableSchema, tables: Tables) -> Iterator[QueryResult]:
    """Find rows of lists whose parent has no row."""
    orphans = tables.rejected.orphans(schema.name)
    if orphans is not None:
        owner = next(iter(schema.table.owner_columns))
        yield QueryResult(orphans.select("key", "place", value="key"), schema.name, owner)


def _wrong_places(schema: TableSchema, tables: Tables) -> Iterator[QueryResult]:
    """Find positions in lists that do not count up from zero."""
    table_input = tables.inputs[schema.name]
    *outer, place = schema.position_columns
    position = table_input.key_and_positions
    rows = tables.rejected.rows(schema.name).select(
        key=position["key"],
        place=table_input.place,
        **{each: position[each] for each in outer},
        given=position[place],
        at=position[place].fill_null(-1),
    )
    before = nw.col("at").shift(1).over("key", *outer, order_by="at")
    candidates = rows.filter(not_null("key")).with_columns(before=before.fill_null(-1))
    wrong = candidates.filter(nw.col("at") != nw.col("before") + 1)
    yield QueryResult(wrong.select("key", "place", value=as_text("given")), schema.name, place)


def _rows_of_unknown_lists(schema: TableSchema, tables: Tables) -> Iterator[QueryResult]:
    """Find lists that have rows but are marked as unknown."""
    table_input = tables.inputs[schema.parent_table]
    column = schema.table.known_column
    if column in table_input.unusable_columns:
        return
    parent_schema = SCHEMAS[schema.parent_table]
    parent_keys = [*(parent_schema.table.owner_columns or parent_schema.key_columns)]
    owner_key = schema.table.owner_key
    nonempty = tables.with_flags(schema.name).select(
        **{f"having_{each}": nw.col(each) for each in owner_key}
    )
    rows = table_input.with_flags.with_columns(
        key=table_input.key,
        place=table_input.place,
        value=table_input.text_of(column),
        means_unknown=~table_input.is_true_or_invalid(column),
    )
    contradicted = rows.filter(nw.col("means_unknown")).join(
        nonempty,
        left_on=parent_keys,
        right_on=[f"having_{each}" for each in owner_key],
        how="semi",
    )
    yield QueryResult(contradicted.select("key", "place", "value"), schema.parent_table, column)


@query_rule("TSK015", "organisations")
def shared_business_id(tables: Tables) -> Iterator[QueryResult]:
    """Find organisations with the business id of another one.

    The owner is the organisation in the facts or, without one, the first organisation with the id.
    """
    facts: dict[str, str] = {}
    for each in tables.context.reference.organisations:
        if each.business_id is not None:
            facts.setdefault(str(each.business_id), each.id)
    owners = tables.literal_table("owners", {"of_facts": str, "fact": str}, facts.items())
    organisations = tables.rows_to_check("organisations", ("business_id",)).filter(
        not_null("business_id")
    )
    order = tables.order_of("organisations")
    row_number = nw.col("key").cum_count().over("business_id", order_by=order)
    numbered = organisations.with_columns(row_number=row_number)
    first = numbered.filter(nw.col("row_number") == 1).select(first_of="business_id", first="key")
    joined = numbered.join(first, left_on="business_id", right_on="first_of", how="left").join(
        owners, left_on="business_id", right_on="of_facts", how="left"
    )
    owned = joined.with_columns(owner=nw.coalesce(nw.col("fact"), nw.col("first")))
    found = owned.filter(nw.col("owner") != nw.col("key"))
    yield QueryResult(
        found.select("key", value="business_id", other="owner"), "organisations", "business_id"
    )


@row_rule("TSK016", "organisations")
def wrong_organisation_id(_: Tables) -> Iterator[RowCheck]:
    """Find ids of the scheme FI-PRO with an invalid business id, or that of another one."""
    found = _is_wrong(_number_in("id"), "business_id")
    yield RowCheck("id", found, nw.col("business_id"))


@query_rule("TSK016", "organisations_external_ids", needs=["organisations"])
def wrong_organisation_identifier(tables: Tables) -> Iterator[QueryResult]:
    """Find further identifiers of the scheme FI-PRO with a wrong business id."""
    organisations = tables.rows_to_check("organisations", ("business_id",)).select(
        organisation_key="key", organisation_number="business_id"
    )
    rows = tables.rows_to_check("organisations_external_ids").join(
        organisations, left_on="key", right_on="organisation_key", how="inner"
    )
    # The scheme may be in a column of its own, and the number without the prefix.
    is_of_scheme = is_true(nw.col("scheme").str.to_uppercase() == ORG_ID_PREFIX.removesuffix("-"))
    number = nw.coalesce(_number_in("value"), nw.when(is_of_scheme).then(nw.col("value")))
    wrong = rows.filter(_is_wrong(number, "organisation_number"))
    found = wrong.select("key", "place", "value", other="organisation_number")
    yield QueryResult(found, "organisations_external_ids", "value")


def _number_in(column: str) -> nw.Expr:
    """Return the text after the prefix FI-PRO, in upper or lower case; null without the prefix."""
    identifier = nw.col(column)
    has_scheme = is_true(identifier.str.to_uppercase().str.contains(rf"\A{ORG_ID_PREFIX}[^\n]*\z"))
    return nw.when(has_scheme).then(identifier.str.slice(len(ORG_ID_PREFIX)))


def _is_wrong(number: nw.Expr, expected_column: str) -> nw.Expr:
    """Return whether a number is no business id, or not that of the organisation."""
    is_well_formed = is_true(number.str.contains(r"\A[0-9]{7}-[0-9]\z"))
    is_right = is_true(has_valid_check_digit(nw.when(is_well_formed).then(number)))
    return ~number.is_null() & (~is_right | is_true(number != nw.col(expected_column)))


def _table_rules() -> Iterator[TableRule]:
    for main_table in DATA_REGISTERS:
        for schema in schemas_of(main_table):
            yield from (*_reference_rules(schema), *_placeholder_rules(schema))
            yield from (*duplicate_rules(schema), *_list_rules(schema))


TABLE_RULES: tuple[TableRule, ...] = tuple(_table_rules())
"""The rules that follow from the fields of the classes."""
