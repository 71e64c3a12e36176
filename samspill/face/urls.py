"""The addresses of the strategy's face: what is shown of it, and to whom."""

from __future__ import annotations

from django.urls import URLPattern

from samspill.face import files, views
from samspill.strategy.urls import both

app_name = "face"

urlpatterns: list[URLPattern] = [
    *both("", views.face, name="face"),
    *both("strategy.md", views.markdown_file, name="markdown"),
    *both("strategy.pdf", views.pdf_file, name="pdf"),
    *both("public/", views.public, name="public"),
    *both("strategy.pptx", files.deck, name="deck"),
    *both("board.pptx", files.board, name="board"),
    *both("strategy.docx", files.document, name="word"),
]
