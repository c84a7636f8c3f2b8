from vt import web

web.heading("triage", "…")
