"""The package: zip members, relationships, small XML parts; read, and written again losslessly."""
