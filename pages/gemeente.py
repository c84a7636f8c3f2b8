from vt import web

web.heading("gemeente", "…")
