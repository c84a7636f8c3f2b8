from vt import web

web.heading("vergelijken", "…")
