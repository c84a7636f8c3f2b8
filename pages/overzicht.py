from vt import web

web.heading("overzicht", "…")
