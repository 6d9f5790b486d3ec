"""The commands: build, serve, what changed, editions."""
