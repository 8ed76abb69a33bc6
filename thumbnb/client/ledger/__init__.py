"""The ledger of paid calls, the budget, prices, and stored results."""
