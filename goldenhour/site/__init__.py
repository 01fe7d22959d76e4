"""The web site: settings, addresses, the page frame, the feed, and how a refusal becomes an HTTP answer."""
