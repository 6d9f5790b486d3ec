"""`make audit`: does a test notice when the site, or the code that makes it, says something false?"""
