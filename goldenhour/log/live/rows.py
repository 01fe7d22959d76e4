"""Rows of a table that is read whole, again and again: only those that changed since the last time are made anew."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class KeptRows(Generic[Row]):
    """All rows of a table, as it is at each asking; rows are for reading only, and the same row is the same object.

    The database is asked every time. What is kept is only what a row's raw values come to: times, lists and places are
    dear to read, and of five hundred units a few change in a second.
    """

    def __init__(self, model: type[Row]) -> None:
        """Read the table of `model`."""
        self._model = model
        self._kept: dict[Any, tuple[tuple[Any, ...], Row]] = {}  # By primary key: its raw values, and the row.

    def all(self) -> list[Row]:
        """Return every row, by primary key."""
        meta = self._model._meta
        assert meta.pk is not None
        key = [one.attname for one in meta.concrete_fields].index(meta.pk.attname)
        columns = ", ".join(str(one.column) for one in meta.concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {meta.db_table} ORDER BY {meta.pk.column}")  # noqa: S608 -- Our own names.
            found = cursor.fetchall()
        before, self._kept = self._kept, {}
        rows = []
        for raw in found:
            known = before.get(raw[key])
            row = known[1] if known is not None and known[0] == raw else self._read(raw)
            self._kept[raw[key]] = (raw, row)
            rows.append(row)
        return rows

    def _read(self, raw: Sequence[Any]) -> Row:
        fields = self._model._meta.concrete_fields
        values = []
        for field, given in zip(fields, raw, strict=True):
            column, value = field.get_col(self._model._meta.db_table), given
            for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection)):
                value = convert(value, column, connection)
            values.append(value)
        return self._model.from_db(connection.alias, [one.attname for one in fields], values)
