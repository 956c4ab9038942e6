"""Conditions: what a query of LlamaIndex asks of nodes, in SQL."""

import re
from collections.abc import Sequence

from llama_index.core.vector_stores.types import (
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
)

Condition = tuple[str, list[object]]
"""A condition on a row of `nodes` and the values for its question marks."""

_COLUMNS = {"status", "effective_from", "effective_until", "document", "topic", "audience"}
_IN_METADATA = {"version", "start", "end"}
"""What is asked for seldom, and so has no column of its own."""
_OPERATORS = {FilterOperator.EQ: "=", FilterOperator.NE: "<>", FilterOperator.LTE: "<=", FilterOperator.GTE: ">="}
_MOST_WORDS = 64
# In every second passage, so they tell nothing; left in, they would make a hit of any passage.
_EMPTY_WORDS = frozenset(
    """a about after all also an and any are as at be because been before but by can could did do does doing don for
    from get got had has have he hello her here hi him his how i if in into is isn it its just let like me more most
    my no not now of off on one only or other our out over own please she should so some such than thank thanks that
    the their them then there these they this those to too under until up us very want was we were what when where
    which while who whom why will with would you your""".split()
)


def condition(query: VectorStoreQuery) -> Condition:
    """All that the query demands of a node besides fitting the question."""
    return _all(
        [
            *([filters(query.filters)] if query.filters else []),
            *([_in("id", query.node_ids)] if query.node_ids else []),
            *([_in("ref_doc", query.doc_ids)] if query.doc_ids else []),
        ]
    )


def filters(wanted: MetadataFilters) -> Condition:
    """Filters of LlamaIndex. Raises `ValueError` for a column or an operator that the file does not keep."""
    parts = [filters(part) if isinstance(part, MetadataFilters) else _filter(part) for part in wanted.filters]
    match wanted.condition:
        case FilterCondition.AND | None:
            return _all(parts)
        case FilterCondition.OR:
            return _all(parts, " OR ") if parts else ("FALSE", [])
        case _:
            raise ValueError(f"Filters cannot be joined by {wanted.condition}.")


def matching(question: str) -> str | None:
    """The question for FTS5: any of its telling words, each quoted so that nothing in it is a command."""
    found = dict.fromkeys(word.lower() for word in re.findall(r"[^\W_]+", question))
    words = [f'"{word}"' for word in found if word not in _EMPTY_WORDS]
    return " OR ".join(words[:_MOST_WORDS]) or None


def _filter(wanted: MetadataFilter) -> Condition:
    if wanted.key not in _COLUMNS | _IN_METADATA:
        raise ValueError(f"There is no filter on {wanted.key}.")
    if wanted.operator is FilterOperator.IN and isinstance(wanted.value, list):
        return _in(wanted.key, wanted.value)
    if wanted.operator not in _OPERATORS or isinstance(wanted.value, list):
        raise ValueError(f"The filter on {wanted.key} cannot be {wanted.operator.value} {wanted.value!r}.")
    kept = f"nodes.{wanted.key}" if wanted.key in _COLUMNS else f"(nodes.metadata ->> '{wanted.key}')"
    return f"{kept} {_OPERATORS[wanted.operator]} ?", [wanted.value]


def _in(column: str, values: Sequence[object]) -> Condition:
    return f"nodes.{column} IN ({', '.join('?' * len(values))})", list(values)


def _all(parts: Sequence[Condition], joint: str = " AND ") -> Condition:
    if not parts:
        return "TRUE", []
    return f"({joint.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]
