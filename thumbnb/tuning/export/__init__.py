"""A run on paper and on disk: contact sheet, HTML page, tables, archive, test pack."""
