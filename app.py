"""The web server: Streamlit over vt/web/site.py, behind our middleware. Start it with `streamlit run app.py`."""

import streamlit as st

from vt.web import health, server

app = st.App(
    "vt/web/site.py",
    middleware=server.middleware(st.get_option("server.corsAllowedOrigins")),
    routes=server.routes(health.health),
    lifespan=server.lifespan(health.prepare, server.settle),
)
