"""Files about questionnaires: definitions, answers, results, wording packs, and the open formats."""
