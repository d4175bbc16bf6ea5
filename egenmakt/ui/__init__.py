"""The look of every page: components, dates and numbers in words, forms, charts; no models."""
