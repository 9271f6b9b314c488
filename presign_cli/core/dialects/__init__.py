"""The dialects of signed links: one module each, which recognises its own and decodes it.

Every module has `decode(text)` and `read(address)`. None judges what it reads: that is for `findings`.
"""
