"""Controle: what was checked, what came of it, and each finding; by report and kind of check."""

import streamlit as st

from vt.figures.collection import KIND_LABELS, list_report_titles
from vt.web.audit import render_checks, show_account
from vt.web.page import show_heading
from vt.web.state import open_view

view = open_view()
show_heading("Controle", "Klopt wat de rapporten drukken? Totalen, percentages en beweringen zijn nagerekend.")
reports = {title: report for report, title in list_report_titles(view.metadata).items()}
kinds = {label: kind for kind, label in KIND_LABELS.items()}
left, right = st.columns(2)
report = left.selectbox("Rapport", ["Alle rapporten", *reports], key="controle_rapport", bind="query-params")
kind = right.selectbox("Soort controle", ["Alle soorten", *kinds], key="controle_soort", bind="query-params")
show_account(view, render_checks, reports.get(report, ""), kinds.get(kind, ""))
