from vt import web

web.heading("onderzoek", "…")
