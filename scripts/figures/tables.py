# SPDX-License-Identifier: Apache-2.0
"""Reads the tidy CSV files that `dwmtj characterize` writes. Units are in the column names."""

import csv
import math

import numpy as np

from errors import InputError


def integer(text):
    """An index such as a site or a cycle: a whole number, 0 or more."""
    value = int(text)
    if value < 0:
        raise ValueError("negative index")
    return value


def number(text):
    """A finite number."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


def number_or_none(text):
    """A finite number; not a number where the field is empty."""
    return number(text) if text else math.nan


def probability(text):
    """A number from 0 to 1; rounding of the writer (1e-9) is tolerated and clipped."""
    value = number(text)
    if not -1e-9 <= value <= 1 + 1e-9:
        raise ValueError("outside 0..1")
    return min(max(value, 0.0), 1.0)


def read_columns(path, schema):
    """Reads `path` into {column: numpy array}; `schema` maps each needed column to its parser.

    Other columns are ignored. Raises InputError naming file, line and column.
    """
    try:
        with open(path, newline="", encoding="utf-8") as handle:
            return _columns(path, csv.reader(handle), schema)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _columns(path, reader, schema):
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in schema if name not in header]
    if missing:
        raise InputError(f"{path}:1: no column {', '.join(missing)}")
    values = {name: [] for name in schema}
    for row in reader:
        if row:
            _append_row(f"{path}:{reader.line_num}", header, row, schema, values)
    if not any(values.values()):
        raise InputError(f"{path}: no rows below the header")
    return {name: np.array(column) for name, column in values.items()}


def _append_row(where, header, row, schema, values):
    if len(row) != len(header):
        raise InputError(f"{where}: {len(row)} fields, the header has {len(header)}")
    fields = dict(zip(header, row))
    for name, parse in schema.items():
        try:
            values[name].append(parse(fields[name].strip()))
        except ValueError as error:
            raise InputError(f"{where}: bad {name} '{fields[name].strip()}'") from error


def columns_of(path, rows, schema):
    """The same of rows that were read already, each {column: text}. Raises InputError naming file and column."""
    missing = [name for name in schema if not rows or name not in rows[0]]
    if missing:
        raise InputError(f"{path}: no column {', '.join(missing)}" if rows else f"{path}: no rows below the header")
    values = {}
    for name, parse in schema.items():
        try:
            values[name] = np.array([parse(row[name].strip()) for row in rows])
        except ValueError as error:
            raise InputError(f"{path}: {name}: {error}") from error
    return values


def select(table, **wanted):
    """The rows of `table` whose columns equal the wanted values."""
    keep = np.ones(len(next(iter(table.values()))), dtype=bool)
    for name, value in wanted.items():
        keep &= table[name] == value
    return {name: column[keep] for name, column in table.items()}


def sort_by(table, *names):
    """The rows of `table` in ascending order of the named columns, the first the most significant."""
    order = np.lexsort([table[name] for name in reversed(names)])
    return {name: column[order] for name, column in table.items()}
