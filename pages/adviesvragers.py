from vt import web

web.heading("adviesvragers", "…")
