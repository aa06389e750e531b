"""The 360Giving Data Standard: grants read from its packages, and written as one."""
