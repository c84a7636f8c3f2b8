from vt import web

web.heading("controle", "…")
