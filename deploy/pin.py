"""Write into pyproject.toml the versions that were tested, so that two installs are the same; without addresses.

uv run deploy/pin.py            those of now, where a dependency was added or taken away
uv run deploy/pin.py --upgrade  the newest that pyproject.toml admits; then run the tests
"""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
LIST = re.compile(r"^constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)
EXPORT = "uv export --format requirements.txt --no-hashes --no-header --no-annotate --all-groups --no-emit-project"


def main() -> None:
    """Resolve, and keep every version with the platform that it is for."""
    text = PROJECT.read_text(encoding="utf-8")
    if "--upgrade" in sys.argv:
        PROJECT.write_text(LIST.sub("constraint-dependencies = [\n]\n", text), encoding="utf-8")
        subprocess.run(["uv", "lock", "--upgrade", "--quiet"], check=True)
    exported = subprocess.run(EXPORT.split(), check=True, capture_output=True, text=True).stdout
    pinned = "".join(f'    "{line}",\n' for line in exported.splitlines())
    PROJECT.write_text(LIST.sub(f"constraint-dependencies = [\n{pinned}]\n", text), encoding="utf-8")


if __name__ == "__main__":
    main()
