"""What is out of date, what a build is made from, and replacing the site whole."""
