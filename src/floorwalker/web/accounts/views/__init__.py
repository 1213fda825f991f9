"""Pages about people and accounts, by noun: signing in, oneself, people, teams, the site."""
