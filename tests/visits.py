"""The site as Streamlit runs it without a browser: its pages by name, and a visit to one of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from real import REPOSITORY
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

# A server looks once through all packages that are installed for components, an AppTest before its first run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

SITE = REPOSITORY / "vt" / "web" / "site.py"
HOME = "overzicht"
PAGES = sorted(path.stem for path in (REPOSITORY / "pages").glob("*.py"))


def visit(page: str, query: Mapping[str, Any]) -> AppTest:
    """A page as a deep link opens it."""
    app = AppTest.from_file(SITE, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    if page != HOME:
        app.switch_page(str(REPOSITORY / "pages" / f"{page}.py"))
    return app.run()
