"""What a definition says: items, scores, meaning; nothing here computes."""
