"""Talk to Zoom: the API's calls, its wire, its refusals, its limits, and signing in.

``client``, ``transport`` and ``oauth`` bring in requests and Authlib: import them when a call is
about to be made, never while the window is being built. All other modules are light.

Facts about Zoom are cited as "zoom/README.md", the project's gathered notes on its API.
"""
