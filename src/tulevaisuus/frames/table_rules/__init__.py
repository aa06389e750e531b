"""The rules as queries on tables, one module for each family, as in ``rules/`` for objects.

Both forms of a rule have the same code; its texts are in ``rules/severities_and_texts/``.
``rule_declaration.py`` says what a rule on tables is, ``all_rules.py`` lists them, and
``rule_queries.py`` builds the queries.
"""
