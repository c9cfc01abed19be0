"""Students: who they are, where they are, what is known of them."""
