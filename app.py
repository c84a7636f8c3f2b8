"""The web server: Streamlit over vt/web/site.py, behind our middleware. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from vt.web import health, opendata, server
from vt.web.site_map import PAGES
from vt.web.state import explain_failure

base = st.get_option("server.baseUrlPath")
app = st.App(
    Path(server.__file__).with_name("site.py"),
    middleware=server.middleware((*PAGES, *opendata.PATHS), st.get_option("server.corsAllowedOrigins"), base),
    routes=[*server.routes(health.health, health.PageRun().check, base), *opendata.routes(base)],
    on_script_error=explain_failure,
    lifespan=server.lifespan(server.raise_file_limit, health.prepare, server.settle),
)
