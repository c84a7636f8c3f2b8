"""The repository itself as tests read it: where it stands, its own data, and the names of its reports."""

from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
DATA = REPOSITORY / "data"
DORDRECHT, IJSSELLAND = "zuid-holland-zuid_dordrecht_2021-H1", "ijsselland_2021"
