"""Cards: the desk's values as Slack blocks. Pure functions; somebody else's words never become anything but words."""
