"""The search index: texts → tokens → postings → small classic scripts. ``docs/search.md`` is the specification."""
