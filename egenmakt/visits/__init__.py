"""Who was here on which service day, and no more than that."""
