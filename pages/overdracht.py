from vt import web

web.heading("overdracht", "…")
