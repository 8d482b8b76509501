"""One class per capability; one public method is one use case and one transaction."""
