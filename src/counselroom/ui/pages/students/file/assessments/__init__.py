"""Part D of a growth file: what questionnaires have said."""
