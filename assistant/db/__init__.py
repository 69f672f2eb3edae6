"""The database: engine, sessions, column types, migrations. SQLite by default, PostgreSQL by URL."""
