"""The staff console: pages under /staff, as forms that work without JavaScript. Mounted by web/app.py."""
