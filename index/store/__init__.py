"""What an index is kept in: SQLite and Chroma, or Milvus."""
