"""The site in Streamlit, and what stands before it."""
