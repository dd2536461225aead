"""The web server of the page: who may ask, what programs call, what is logged and counted."""
