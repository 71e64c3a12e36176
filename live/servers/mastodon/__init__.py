"""A server with Mastodon's API on this machine, and the people on it.

It is a stand-in (the package mastodon-mock), not Mastodon: accounts, posts, threads, notifications and OAuth
are kept and answered over real HTTP, but by other code, kinder than Mastodon's. What it cannot show:

- X-RateLimit-Reset is a number of seconds here; in Mastodon it is a moment in ISO 8601.
- Media is ready at once (never 202 or 206), and never refused.
- A code from OAuth works twice, with any client secret, and PKCE is not checked.
- What a token may do is not checked.
- Nothing comes from other servers.
"""

from live.servers.mastodon.people import Person
from live.servers.mastodon.server import Mastodon

__all__ = ["Mastodon", "Person"]
