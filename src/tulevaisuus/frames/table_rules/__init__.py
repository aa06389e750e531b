"""The rules on tables, by the family of their codes, and how such a rule is declared.

The same rules on objects are in `tulevaisuus.rules`; the words of both are there, too.
"""
