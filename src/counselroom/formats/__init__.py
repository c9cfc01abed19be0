"""Bytes and domain values, each way: one module per format, pure functions; only ``files`` touches the disk."""
