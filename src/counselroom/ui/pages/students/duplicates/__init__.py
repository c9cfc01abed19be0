"""Files that may be two of one student: looked at side by side, merged, or set apart."""
