"""What every widget is built on: the base class, its files for the browser, updates, snapshots."""
