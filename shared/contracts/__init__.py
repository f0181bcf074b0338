"""The language of Redress on the wire: every public event, its envelope, its ids.

Importing this package registers every event, so that whoever reads the log knows all of them.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
