"""HTML pages: what a browser shows of them, as paragraphs and tables."""
