"""Official tables of government grants: the national grant sheet and Tutkiavustuksia."""
