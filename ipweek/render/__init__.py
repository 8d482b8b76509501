"""Views drawn for the terminal, paper and files; no database."""
