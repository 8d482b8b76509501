"""Work that spans transactions: claim, render, write, mark."""
