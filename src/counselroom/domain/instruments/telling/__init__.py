"""What is told of results: how they were made, gauges, change, norms of the own school."""
