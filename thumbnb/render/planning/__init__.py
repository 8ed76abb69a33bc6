"""From a brief to a scene: cast, layout, background, foreground, headline, variations."""
