"""The dialects of signed links: one module each, which recognises its own and decodes it.

Every module has `GRAMMAR`, `read(address)` and `decode(text)`. None judges: that is for `findings`.
"""
