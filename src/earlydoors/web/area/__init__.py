"""Our area: how early help works here, who helps, and the figures. All of it from the profile."""
