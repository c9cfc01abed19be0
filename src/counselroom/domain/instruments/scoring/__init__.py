"""From answers to results, for a whole matrix of sheets at once. numpy is imported here alone."""
