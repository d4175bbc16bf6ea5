"""The builder of made-up places, people and years, for the demo, the tests and the bench."""
