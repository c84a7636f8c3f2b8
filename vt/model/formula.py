"""The small language in which claims say how a number follows from others: share(klachten(2021), meldingen(2021))."""

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from vt.errors import did_you_mean, quote_value
from vt.model.period import Period

_Function = Callable[[float, float], float]
_T = TypeVar("_T")
_OPERATORS: dict[type[ast.operator], _Function] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: dict[str, _Function] = {
    "change": lambda old, new: (new - old) / old * 100,
    "share": lambda part, whole: part / whole * 100,
}
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_NAMED = ("category", "geweld", "place", "table")
INHABITANTS = "inwoners"  # a term of its own: the catalogue counts them, no report does
_LONGEST, _DEEPEST, _LARGEST = 500, 50, 1e12


class FormulaError(ValueError):
    """A formula that cannot be read or computed; the message is a Dutch reason."""


@dataclass(frozen=True)
class Term:
    """A number in a formula: an indicator in a period, of one class, geweld, place or table where named.

    What it does not name is that of the row or part for which the formula is computed.
    """

    indicator: str
    period: str | None = None
    category: str | None = None
    geweld: str | None = None
    place: str | None = None
    table: str | None = None


@dataclass(frozen=True)
class Formula:
    """A formula as written; `terms` are the numbers it needs."""

    text: str

    @cached_property
    def _tree(self) -> ast.expr:
        if len(self.text) > _LONGEST:
            raise FormulaError(f"de formule {quote_value(self.text)} is langer dan {_LONGEST} tekens")
        try:
            tree = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise FormulaError(f"de formule {quote_value(self.text)} is niet te lezen") from error
        if _measure_depth(tree) > _DEEPEST:
            raise FormulaError(f"de formule {quote_value(self.text)} is te diep genest")
        return tree

    @property
    def terms(self) -> list[Term]:
        """Every number that the formula names; FormulaError where a part of it means nothing."""
        return _fold(self._tree, lambda _: [], lambda term: [term], lambda _, one, other: one + other)

    @property
    def is_percentage(self) -> bool:
        """Whether it is a change or a share as a whole."""
        return isinstance(self._tree, ast.Call) and ast.unparse(self._tree.func) in _FUNCTIONS

    def value(self, number: Callable[[Term], float]) -> float:
        """The outcome, with `number` giving each term; FormulaError where a divisor is 0, or where it is too large."""
        try:
            outcome = _fold(self._tree, float, number, lambda function, one, other: function(one, other))
        except ZeroDivisionError as error:
            raise FormulaError(f"de formule {quote_value(self.text)} deelt door nul") from error
        except OverflowError:
            outcome = math.inf
        if not abs(outcome) < _LARGEST:
            raise FormulaError(f"de formule {quote_value(self.text)} geeft geen bruikbaar getal")
        return outcome

    def faults(self, indicators: Iterable[str]) -> list[tuple[str, str]]:
        """What is wrong with the formula, as (found, meant): unreadable, or an indicator that does not exist."""
        known = list(indicators)
        try:
            terms = self.terms
        except FormulaError as error:
            return [(str(error), "bedoeld: bijvoorbeeld meldingen(2021) / 12")]
        return [
            (f"onbekende indicator “{term.indicator}” in de formule “{self.text}”", did_you_mean(term.indicator, known))
            for term in terms
            if term.indicator not in known
        ]


@dataclass(frozen=True)
class Condition:
    """Two formulas, and the sign that should stand between their outcomes: meldingen(2021) < meldingen(2020)."""

    left: Formula
    sign: str
    right: Formula

    @classmethod
    def parse(cls, text: str) -> "Condition":
        """Read one; FormulaError where it does not compare two formulas."""
        parts = re.split(r"([<>]=?)", text)
        if len(parts) != 3:
            raise FormulaError(f"{quote_value(text)} vergelijkt geen twee getallen")
        return cls(Formula(parts[0].strip()), parts[1], Formula(parts[2].strip()))

    def holds(self, left: float, right: float) -> bool:
        """Whether two outcomes are as the sign says."""
        return _SIGNS[self.sign](left, right)


def _measure_depth(tree: ast.expr) -> int:
    """How many levels of operators and calls the formula has."""
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return depth


def _fold(
    node: ast.expr,
    constant: Callable[[float], _T],
    term: Callable[[Term], _T],
    join: Callable[[_Function, _T, _T], _T],
) -> _T:
    """What becomes of a formula, from its constants and terms up; FormulaError where a part of it means nothing."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return constant(value)
        case ast.BinOp(left=one, op=op, right=other) if type(op) in _OPERATORS:
            function = _OPERATORS[type(op)]
        case ast.Call(func=ast.Name(id=name), args=[one, other], keywords=[]) if name in _FUNCTIONS:
            function = _FUNCTIONS[name]
        case ast.Name(id=name) if name not in _FUNCTIONS:
            return term(Term(name))
        case ast.Call(func=ast.Name(id=name)) if name not in _FUNCTIONS:
            return term(_read_term(name, node))
        case _:
            raise FormulaError(f"{quote_value(ast.unparse(node))} heeft in een formule geen betekenis")
    return join(function, _fold(one, constant, term, join), _fold(other, constant, term, join))


def _read_term(name: str, call: ast.Call) -> Term:
    constants = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    given = dict(zip(("period", "category"), map(str, constants), strict=False))
    named = {
        keyword.arg: str(keyword.value.value)
        for keyword in call.keywords
        if keyword.arg in _NAMED and keyword.arg not in given and isinstance(keyword.value, ast.Constant)
    }
    if not given | named or len(given) < len(call.args) or len(named) < len(call.keywords):
        raise FormulaError(
            f'{quote_value(ast.unparse(call))} is geen cijfer; wel: {name}(2021) of {name}(2021, "klasse")'
        )
    try:
        given |= {"period": Period.parse(given["period"]).id} if given else {}
    except ValueError as error:
        raise FormulaError(str(error)) from error
    return Term(name, **given, **named)
