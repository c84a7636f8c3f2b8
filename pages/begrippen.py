from vt import web

web.heading("begrippen", "…")
