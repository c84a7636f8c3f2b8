from vt import web

web.heading("bronnen", "…")
