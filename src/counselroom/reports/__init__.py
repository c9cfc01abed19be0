"""Data to parts to PDF: a report says what stands on the page, ``pdf`` how it is drawn, tests compare the parts."""
