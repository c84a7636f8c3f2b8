"""The small language in which claims say how a number follows from others: share(klachten(2021), meldingen(2021))."""

import ast
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from vt.errors import did_you_mean, quote_value
from vt.model.period import Period

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
}
_FUNCTIONS: dict[str, Callable[[float, float], float]] = {
    "change": lambda old, new: (new - old) / old * 100,
    "share": lambda part, whole: part / whole * 100,
}
_NAMED = ("geweld", "place", "table")
_LONGEST, _DEEPEST, _LARGEST = 500, 50, 1e12


class FormulaError(ValueError):
    """A formula that cannot be read or computed; the message is a Dutch reason."""


@dataclass(frozen=True)
class Term:
    """A number in a formula: an indicator in a period, of one class, geweld, place or table where named."""

    indicator: str
    period: str
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
        return list(_walk_terms(self._tree))

    def value(self, number: Callable[[Term], float]) -> float:
        """The outcome, with `number` giving each term; FormulaError where a divisor is 0, or where it is too large."""
        try:
            outcome = _compute(self._tree, number)
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


def _measure_depth(tree: ast.expr) -> int:
    """How many levels of operators and calls the formula has."""
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return depth


def _make_error(node: ast.expr) -> FormulaError:
    return FormulaError(f"{quote_value(ast.unparse(node))} heeft in een formule geen betekenis")


def _walk_terms(node: ast.expr) -> Iterator[Term]:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            yield from _walk_terms(left)
            yield from _walk_terms(right)
        case ast.Call(func=ast.Name(id=name), args=[one, other], keywords=[]) if name in _FUNCTIONS:
            yield from _walk_terms(one)
            yield from _walk_terms(other)
        case ast.Call(func=ast.Name(id=name)) if name not in _FUNCTIONS:
            yield _read_term(name, node)
        case _:
            raise _make_error(node)


def _compute(node: ast.expr, number: Callable[[Term], float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_compute(left, number), _compute(right, number))
        case ast.Call(func=ast.Name(id=name), args=[one, other], keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](_compute(one, number), _compute(other, number))
        case ast.Call(func=ast.Name(id=name)) if name not in _FUNCTIONS:
            return number(_read_term(name, node))
        case _:
            raise _make_error(node)


def _read_term(name: str, call: ast.Call) -> Term:
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    named = {
        keyword.arg: str(keyword.value.value)
        for keyword in call.keywords
        if keyword.arg in _NAMED and isinstance(keyword.value, ast.Constant)
    }
    if not 1 <= len(texts) <= 2 or len(texts) < len(call.args) or len(named) < len(call.keywords):
        raise FormulaError(
            f'{quote_value(ast.unparse(call))} is geen cijfer; wel: {name}(2021) of {name}(2021, "klasse")'
        )
    try:
        period = Period.parse(texts[0]).id
    except ValueError as error:
        raise FormulaError(str(error)) from error
    return Term(name, period, str(texts[1]) if len(texts) == 2 else None, **named)
