"""Every use of another project's private parts, each a small named function, a module for each project.

What stands here is not promised by those who wrote it and can go with any release. Each function says what it uses,
why no public way serves, and in which version that was seen; tests/units/test_compat.py looks at each and says in
words which has changed. No other module of this package touches a private name of another project.
"""
