"""The libraries of frames: how tables come in, how queries on them run, how rows leave."""
