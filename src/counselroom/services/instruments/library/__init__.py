"""The questionnaires themselves: the library, the text, the variants a school chose, blank forms."""
