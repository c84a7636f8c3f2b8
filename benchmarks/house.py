"""What the house is like: its names, functions, rooms and contracts. From the root: uv run benchmarks/house.py."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

ROOMS = ("model", "ingest", "audit", "store", "build", "figures", "render", "importer", "web")
PARTICIPLE = re.compile(r"(?!need|feed|seed|embed|bring|string|ring)[a-z]{2,}(ed|ing)")
OTHERS = "shown told drawn said held found kept made given known written sent left in on of by from to with within "
OTHERS += "without beside between after before"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """Print the rows of the table in docs/decisions/0274."""
    texts = [path.read_text(encoding="utf-8") for name in ("vt", "pages") for path in Path(name).rglob("*.py")]
    texts.append(Path("app.py").read_text(encoding="utf-8"))
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    functions = [node for node in nodes if isinstance(node, Function)]
    words = [f.name.strip("_").split("_")[0] for f in functions if not f.decorator_list]  # a property is a noun
    odd = sum(bool(PARTICIPLE.fullmatch(word)) or word in OTHERS.split() for word in words)
    names = Counter(n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    lengths = sorted(map(count_lines, functions))
    contracts = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    print(f"lines | {sum(text.count(chr(10)) for text in texts):,}")
    print(f"functions | {len(functions):,}")
    middle, most = median(lengths), quantiles(lengths, n=10)[-1]
    print(f"lines a function: median, 90 %, longest | {middle:.0f}, {most:.0f}, {lengths[-1]}")
    print(f"function names that begin with a participle or preposition | {100 * odd / len(words):.1f} %")
    print(f"the commonest variables | {', '.join(f'{name} ({count})' for name, count in names.most_common(4))}")
    sizes = (f"{room} {len([*Path('vt', room).rglob('*.py')])}" for room in ROOMS)
    print(f"modules a room | {', '.join(sizes)}")
    print(f"import contracts | {len(contracts)}")


def count_lines(function: Function) -> int:
    """The lines of a body without its docstring, as tests/test_architecture.py counts them."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


if __name__ == "__main__":
    main()
