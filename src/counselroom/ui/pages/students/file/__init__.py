"""One student's growth file: what stands in it, and the verbs that write into it."""
