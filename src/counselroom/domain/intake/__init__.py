"""What comes in from outside: sheets as they stand in a file, and the tables that are found inside them."""
