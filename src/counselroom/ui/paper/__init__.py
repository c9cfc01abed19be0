"""Paper: what is to be printed is shown first, page by page, and then goes to a printer or into a file."""
