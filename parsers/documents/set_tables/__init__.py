"""Tables that are set without drawn lines: boxes, dashes, padding, columns, headings above columns, labels beside them."""
