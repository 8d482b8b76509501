"""The words and rules of an IP Week; standard library only."""
