"""Kinds: what a document may be saved as."""

KINDS = "Markdown, HTML, PDF, DOCX or plain text"
