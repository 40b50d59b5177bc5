"""A page for every government: names, facts, sentences and drawings by country.

:mod:`~govsocial.countries.places` says which places have a page,
:mod:`~govsocial.countries.names` what they are called and which code of which table is whose,
:mod:`~govsocial.countries.facts` what the tables hold of each,
:mod:`~govsocial.countries.pages` what its page says, in words of the modules beside it.
"""
