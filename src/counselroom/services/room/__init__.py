"""The one door and what stands around it: declarations, transactions, approvals, the outside."""
