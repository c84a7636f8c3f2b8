"""The web server: Streamlit over vt/site.py, behind our middleware. Start it with `streamlit run app.py`."""

import streamlit as st

from vt import health, server

app = st.App(
    "vt/site.py",
    middleware=server.middleware(st.get_option("server.corsAllowedOrigins")),
    routes=server.routes(health.health),
    lifespan=server.lifespan(health.prepare, server.settle),
)
