"""Money and memory: the ledger of paid calls, budget, prices, stored results."""
